/** `GET /v1/conversations/{conversation}/messages`: what was said so far, oldest first. */
import { forRequest } from "../metrics/request-id.ts";
import type { Transcript } from "../protocol/bodies.ts";
import { countReading, whoAsks } from "../usage/count-reading.ts";
import { ownConversation, sealMessage } from "../answering/conversation-id.ts";
import type { Handler, Parts } from "../deps.ts";
import { publicCitations } from "../answering/public-citations.ts";

export function transcript(parts: Parts): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, parts);
    const { project, session, id, visitor } = conversation;
    countReading(c, parts, "read", visitor);
    const stored = await parts.upstream.messages(
      project,
      session,
      forRequest(c.req.raw.signal, c.get("requestId"), whoAsks(c, visitor)),
    );
    const newest = stored.at(-1);
    if (newest) await parts.conversations.noteMessage(id, newest.id);
    const messages = stored.map(({ id, prompt, answer, citations, reaction }) => ({
      message: sealMessage(parts, conversation, id),
      prompt,
      answer,
      citations: publicCitations(parts, citations),
      reaction,
    }));
    return c.json({ conversation: id, messages } satisfies Transcript, 200, {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  };
}
