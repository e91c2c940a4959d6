/** `DELETE /v1/conversations/{conversation}`: forgets a conversation, upstream too. */
import { ownConversation } from "./conversation.ts";
import { untilDone } from "./until-done.ts";
import type { Handler, Parts } from "./parts.ts";
import { turnKeyStart } from "./turn-key.ts";

/** 204 also when it was forgotten before. */
export function forget(parts: Parts): Handler {
  return async (c) => {
    const conversation = ownConversation(c, parts, { evenForgotten: true });
    const { project, session, id } = conversation;
    // First here, so that no question that comes meanwhile brings it back to life upstream.
    parts.conversations.forget(id);
    parts.turns.forget(turnKeyStart(conversation));
    try {
      await parts.upstream.forget(project, session, untilDone(c.get("requestId")));
    } catch (error) {
      parts.conversations.recall(id);
      throw error;
    }
    return c.body(null, 204);
  };
}
