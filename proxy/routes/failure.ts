/** Anything that was thrown, as the refusal a browser is given; upstream's own words go to the log only. */
import type { Log } from "../guards/request-log.ts";
import { Refused } from "../guards/refusal.ts";
import { UpstreamFailure } from "../upstream/failures.ts";

/** `about` names the request or turn in the log. */
export function refusalFor(error: unknown, log: Log, about: Readonly<Record<string, string>>): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof UpstreamFailure) {
    log.warn({ ...about, code: error.code, detail: error.detail }, "upstream failed");
    return new Refused(error.code, { retryAfter: error.retryAfter });
  }
  // A mistake of ours. The visitor can do no more about it than about a service that is away.
  const stack = error instanceof Error ? error.stack : String(error);
  log.error({ ...about, stack }, "unexpected error");
  return new Refused("upstream-down");
}
