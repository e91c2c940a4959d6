/** Count of requests that join or resume a turn; they cost no question and fall under no other limit. */
import type { Context } from "hono";
import type { RequestContext } from "../http/context.ts";
import type { ProxyDeps } from "../deps.ts";

/** `visitor` is null for one who has no token yet. Throws `too-many`. */
export function countFollower(
  c: Context<RequestContext>,
  { following }: Pick<ProxyDeps, "following">,
  visitor: string | null,
): void {
  following.take("follow", { visitor, address: c.get("address") ?? null });
}
