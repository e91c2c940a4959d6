/** How many requests of any kind one address may send to this instance: the cheapest guard, before all others. */
import type { MiddlewareHandler } from "hono";
import type { Rate } from "../admission.ts";
import { clientAddress } from "../client-address.ts";
import { Refused } from "../refusal.ts";
import type { RequestContext } from "../request-context.ts";
import { createWindowTable } from "./window-table.ts";

export type RequestLimitOptions = {
  rates: readonly Rate[];
  /** How many proxies of the owner's stand in front (TRUST_PROXY). */
  trusted: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  words?: string | null;
  /** Addresses counted at once; new ones are refused while all of them still count. */
  capacity?: number;
};

/** Also notes the address for those after it, as `c.get("address")`. Requests of unknown addresses share one limit. */
export function requestLimit(options: RequestLimitOptions): MiddlewareHandler<RequestContext> {
  const { rates, trusted, clock, words, capacity = 100_000 } = options;
  const windows = createWindowTable(capacity);
  return async (c, next) => {
    const address = clientAddress(c.env.address, c.req.header("x-forwarded-for"), trusted);
    c.set("address", address);
    const limits = [{ key: address ?? "unknown", rates }];
    const now = clock();
    const wait = windows.wait(limits, now);
    if (wait > 0) throw new Refused("too-many", { retryAfter: wait / 1000, words: words ?? undefined });
    windows.add(limits, now);
    return next();
  };
}
