/** `GET /v1/agents/{agent}/conversations`: the conversation that a person had last, for their other devices. */
import { isPerson } from "../guards/identity.ts";
import { presentVisitor } from "../guards/present-visitor.ts";
import { Refused } from "../guards/refusal.ts";
import type { LatestConversation } from "../protocol/bodies.ts";
import { namedAgent } from "./agent.ts";
import { countReading } from "./count-reading.ts";
import type { Handler, Parts } from "./parts.ts";

/** Throws `not-allowed` without a good identity: a visitor without a name has nothing that could follow them. */
export function latestConversation(parts: Parts): Handler {
  return async (c) => {
    const { alias } = namedAgent(c, parts);
    const visitor = await presentVisitor(c, parts, alias);
    if (visitor === null || !isPerson(visitor)) throw new Refused("not-allowed");
    countReading(c, parts, "read", visitor);
    const found = await parts.latest.latest(visitor, alias);
    const conversation = found !== null && !(await parts.conversations.isForgotten(found)) ? found : null;
    return c.json({ conversation } satisfies LatestConversation, 200, {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
  };
}
