/** `GET /v1/conversations/{conversation}/turns/{turn}`: a turn from its start, or from the client's last event. */
import { Refused } from "../http/errors.ts";
import { streamResponse } from "../answering/answer-response.ts";
import { countFollower } from "../usage/count-follower.ts";
import { ownConversation } from "../answering/conversation-id.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { turnKey } from "../answering/turn-key.ts";

export function resumeTurn(deps: ProxyDeps): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, deps);
    countFollower(c, deps, conversation.visitor);
    const turn = await deps.turns.find(turnKey(conversation, c.req.param("turn") ?? ""));
    if (!turn) throw new Refused("not-found");
    const after = c.req.header("last-event-id") ?? c.req.query("after") ?? "0";
    if (!/^\d{1,9}$/.test(after)) throw new Refused("bad-request");
    return streamResponse(c, deps, turn, Number(after));
  };
}
