/** `DELETE /v1/conversations/{conversation}`: deletes a conversation, upstream too. */
import { isPerson } from "../auth/identity-jwt.ts";
import { countReading, whoAsks } from "../usage/count-reading.ts";
import { ownConversation } from "../answering/conversation-id.ts";
import { untilDone } from "../answering/detached-signal.ts";
import type { Handler, ProxyDeps } from "../deps.ts";

/** 204 also when it was forgotten before. */
export function forget(deps: ProxyDeps): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, deps, { evenForgotten: true });
    const { project, session, id, visitor, alias } = conversation;
    countReading(c, deps, "delete", visitor);
    // Marked as deleted here first, so that no question in between restores it upstream.
    await deps.conversations.forget(id);
    await deps.turns.forget(id);
    try {
      await deps.upstream.forget(project, session, untilDone(c.get("requestId"), whoAsks(c, visitor)));
    } catch (error) {
      await deps.conversations.recall(id);
      throw error;
    }
    if (isPerson(visitor)) await deps.latest.forget(visitor, alias, id);
    return c.body(null, 204);
  };
}
