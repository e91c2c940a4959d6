/** Conversion of any thrown value to the refusal that a browser receives. */
import { errorOutline } from "../http/safe-error.ts";
import { Refused } from "../http/errors.ts";
import type { Log } from "../http/log.ts";
import { RedisAway } from "../redis/redis.ts";
import { UpstreamFailure } from "../upstream/errors.ts";

/** Seconds after which it may be tried again whether Redis is back. */
const redisWait = 2;

/** `request` is the request's id in the log. The upstream client has already logged upstream's own error. */
export function toRefusal(error: unknown, log: Log, request: string): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof UpstreamFailure) return new Refused(error.code, { retryAfter: error.retryAfter });
  if (error instanceof RedisAway) return new Refused("upstream-busy", { retryAfter: redisWait });
  // A bug, or a client that disconnected. For the visitor it is the same as an unavailable service.
  const isLeaving = error instanceof Error && error.name === "AbortError";
  if (!isLeaving) log.error({ id: request, ...errorOutline(error) }, "unexpected error");
  return new Refused("upstream-down");
}
