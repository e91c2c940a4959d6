/** `GET /v1/conversations/{conversation}/messages`: the transcript, oldest message first. */
import { forRequest } from "../metrics/request-id.ts";
import type { Transcript } from "../protocol/bodies.ts";
import { countReading, whoAsks } from "../usage/count-reading.ts";
import { ownConversation, sealMessage } from "../answering/conversation-id.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { publicCitations } from "../answering/public-citations.ts";

export function transcript(deps: ProxyDeps): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, deps);
    const { project, session, id, visitor } = conversation;
    countReading(c, deps, "read", visitor);
    const stored = await deps.upstream.messages(
      project,
      session,
      forRequest(c.req.raw.signal, c.get("requestId"), whoAsks(c, visitor)),
    );
    const newest = stored.at(-1);
    if (newest) await deps.conversations.noteMessage(id, newest.id);
    const messages = stored.map(({ id, prompt, answer, citations, reaction }) => ({
      message: sealMessage(deps, conversation, id),
      prompt,
      answer,
      citations: publicCitations(deps, citations),
      reaction,
    }));
    return c.json({ conversation: id, messages } satisfies Transcript, 200, {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  };
}
