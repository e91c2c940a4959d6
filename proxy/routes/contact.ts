/** `POST /v1/conversations/{conversation}/contact` and `POST /v1/agents/{agent}/contact`: a message to the owner. */
import { readContact } from "../http/read-contact-body.ts";
import { presentVisitor } from "../auth/authenticate.ts";
import { proofHeader } from "../protocol/headers.ts";
import { namedAgent } from "../answering/find-agent.ts";
import { ownConversation } from "../answering/conversation-id.ts";
import { countWord, ownerOf, tellOwner, toldTurns } from "../answering/owner-webhook.ts";
import type { Handler, ProxyDeps } from "../deps.ts";

/** From within a conversation, which is fetched and sent along only at the visitor's request. */
export function contact(deps: ProxyDeps): Handler {
  return async (c) => {
    const owner = ownerOf(deps);
    const conversation = await ownConversation(c, deps);
    const { attach, ...written } = await readContact(c.req.raw, deps.limits);
    const { alias: agent, visitor } = conversation;
    countWord(c, owner, "contact", visitor);
    const transcript = attach
      ? { transcript: (await toldTurns(c, deps, conversation)).map(({ turn }) => turn) }
      : {};
    const from = { kind: "contact", agent, site: c.get("origin") } as const;
    await tellOwner(c, deps, owner, { ...from, ...written, ...transcript });
    return c.body(null, 204);
  };
}

/** From a visitor without a conversation, perhaps without a token: then a challenge may have to be solved first. */
export function agentContact(deps: ProxyDeps): Handler {
  return async (c) => {
    const owner = ownerOf(deps);
    const { alias: agent } = namedAgent(c, deps);
    const visitor = await presentVisitor(c, deps, agent);
    const { attach: _, ...written } = await readContact(c.req.raw, deps.limits);
    if (visitor === null)
      await deps.proofs.demand(c.req.header(proofHeader), { agent, origin: c.get("origin") });
    countWord(c, owner, "contact", visitor);
    await tellOwner(c, deps, owner, { kind: "contact", agent, site: c.get("origin"), ...written });
    return c.body(null, 204);
  };
}
