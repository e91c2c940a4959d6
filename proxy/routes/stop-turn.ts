/** `DELETE /v1/conversations/{conversation}/turns/{turn}`: stops an answer; the upstream call ends at once. */
import { Refused } from "../http/errors.ts";
import { ownConversation } from "../answering/conversation-id.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { turnKey } from "../answering/turn-key.ts";

/** 204 also when the turn had ended already. */
export function stopTurn(deps: ProxyDeps): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, deps);
    const isThere = await deps.turns.stop(turnKey(conversation, c.req.param("turn") ?? ""));
    if (!isThere) throw new Refused("not-found");
    return c.body(null, 204);
  };
}
