/** `GET /v1/agents/{agent}/conversations`: a person's latest conversation, for their other devices. */
import { isPerson } from "../auth/identity-jwt.ts";
import { presentVisitor } from "../auth/authenticate.ts";
import { Refused } from "../http/errors.ts";
import type { LatestConversation } from "../protocol/bodies.ts";
import { namedAgent } from "../answering/find-agent.ts";
import { countReading } from "../usage/count-reading.ts";
import type { Handler, ProxyDeps } from "../deps.ts";

/** Throws `not-allowed` without a valid identity: only persons have other devices. */
export function latestConversation(deps: ProxyDeps): Handler {
  return async (c) => {
    const { alias } = namedAgent(c, deps);
    const visitor = await presentVisitor(c, deps, alias);
    if (visitor === null || !isPerson(visitor)) throw new Refused("not-allowed");
    countReading(c, deps, "read", visitor);
    const found = await deps.latest.latest(visitor, alias);
    const conversation = found !== null && !(await deps.conversations.isForgotten(found)) ? found : null;
    return c.json({ conversation } satisfies LatestConversation, 200, {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  };
}
