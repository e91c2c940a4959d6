/** `PUT /v1/conversations/{conversation}/messages/{message}/feedback`: rates an answer, with an optional reason. */
import { readFeedback } from "../http/read-contact-body.ts";
import { countReading, whoAsks } from "../usage/count-reading.ts";
import { openMessage, ownConversation } from "../answering/conversation-id.ts";
import { countWord, tellOwner, toldTurns } from "../answering/owner-webhook.ts";
import type { Handler, ProxyDeps } from "../deps.ts";
import { untilDone } from "../answering/detached-signal.ts";

/** The service has no field for a reason: it goes to the owner's webhook with the turn, if there is one. */
export function feedback(deps: ProxyDeps): Handler {
  return async (c) => {
    const conversation = await ownConversation(c, deps);
    const message = openMessage(deps, conversation, c.req.param("message") ?? "");
    const { reaction, reason, words } = await readFeedback(c.req.raw, deps.limits);
    const { project, session, alias: agent, visitor } = conversation;
    countReading(c, deps, "rate", visitor);
    const signal = untilDone(c.get("requestId"), whoAsks(c, visitor));
    await deps.upstream.react(project, session, message, reaction, signal);
    if (deps.owner && (reason !== undefined || words !== undefined)) {
      countWord(c, deps.owner, "feedback", visitor);
      const told = (await toldTurns(c, deps, conversation)).find(({ id }) => id === message);
      await tellOwner(c, deps, deps.owner, {
        kind: "feedback",
        agent,
        site: c.get("origin"),
        reaction,
        reason,
        words,
        ...told?.turn,
      });
    }
    return c.body(null, 204);
  };
}
