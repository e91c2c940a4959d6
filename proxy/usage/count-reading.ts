/** Count of visitors' other actions that may cost a call to the service, and for whom each call is made. */
import type { Context } from "hono";
import type { RequestContext } from "../http/context.ts";
import type { Who } from "../metrics/request-id.ts";
import type { ProxyDeps } from "../deps.ts";

/** Each deed is counted by itself. Throws `too-many`. */
export function countReading(
  c: Context<RequestContext>,
  { reading }: Pick<ProxyDeps, "reading">,
  deed: "read" | "rate" | "delete",
  visitor: string,
): void {
  reading.take(deed, whoAsks(c, visitor));
}

export const whoAsks = (c: Context<RequestContext>, visitor: string): Who => ({
  visitor,
  address: c.get("address") ?? null,
});
