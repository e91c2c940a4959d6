/** Conversion of any thrown value to the refusal that a browser receives. */
import { errorOutline } from "../http/safe-error.ts";
import { Refused } from "../http/errors.ts";
import type { Log } from "../http/log.ts";
import { RedisAway } from "../redis/redis.ts";
import { UpstreamFailure } from "../upstream/errors.ts";

/** Seconds after which it may be tried again whether Redis is back. */
const redisWait = 2;

/** `request` is the request's id in the log. What upstream itself said is logged where it was heard. */
export function toRefusal(error: unknown, log: Log, request: string): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof UpstreamFailure) return new Refused(error.code, { retryAfter: error.retryAfter });
  if (error instanceof RedisAway) return new Refused("upstream-busy", { retryAfter: redisWait });
  // A mistake of ours, or a browser that left. The visitor can do no more about it than about a service that is away.
  const isLeaving = error instanceof Error && error.name === "AbortError";
  if (!isLeaving) log.error({ id: request, ...errorOutline(error) }, "unexpected error");
  return new Refused("upstream-down");
}
