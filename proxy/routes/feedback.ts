/** `PUT /v1/conversations/{conversation}/messages/{message}/feedback`: rates an answer. */
import { readFeedback } from "../guards/body.ts";
import { openMessage, ownConversation } from "./conversation.ts";
import type { Handler, Parts } from "./parts.ts";
import { untilDone } from "./until-done.ts";

export function feedback(parts: Parts): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, parts);
    const message = openMessage(parts, conversation, c.req.param("message") ?? "");
    const { reaction } = await readFeedback(c.req.raw, parts.limits);
    const { project, session } = conversation;
    await parts.upstream.react(project, session, message, reaction, untilDone(c.get("requestId")));
    return c.body(null, 204);
  };
}
