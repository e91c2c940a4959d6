/** Agent that a path names, with a check that the requesting site may use it now. */
import type { Context } from "hono";
import { isAllowedFor } from "../middleware/cors.ts";
import { Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";
import type { ProxyDeps } from "../deps.ts";

export type Agent = { alias: string; project: number };

/**
 * Throws `not-found` for an alias that is not configured, and what `checkSite` throws. The project id always comes from
 * the configuration.
 */
export function namedAgent(c: Context<RequestContext>, deps: ProxyDeps): Agent {
  const alias = c.req.param("agent") ?? "";
  const project = deps.agents.get(alias);
  if (project === undefined) throw new Refused("not-found");
  checkSite(c, deps, alias);
  return { alias, project };
}

/** Throws `not-allowed` for a site that may use other agents only, and `agent-unavailable` while its owner has paused it. */
export function checkSite(
  c: Context<RequestContext>,
  { origins, pause }: Pick<ProxyDeps, "origins" | "pause">,
  agent: string,
): void {
  if (!isAllowedFor(c, agent, origins)) throw new Refused("not-allowed");
  pause.check(c.get("origin"), agent);
}
