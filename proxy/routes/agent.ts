/** Finds the agent a path names. */
import type { Context } from "hono";
import { Refused } from "../guards/refusal.ts";
import type { RequestContext } from "../guards/request-context.ts";
import type { Parts } from "./parts.ts";

export type Agent = { alias: string; project: number };

/** Throws `not-found` for an alias that is not configured. The project only ever comes from the configuration. */
export function namedAgent(c: Context<RequestContext>, { agents }: Parts): Agent {
  const alias = c.req.param("agent") ?? "";
  const project = agents.get(alias);
  if (project === undefined) throw new Refused("not-found");
  return { alias, project };
}
