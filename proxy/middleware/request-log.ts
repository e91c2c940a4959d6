/** Log line for each request, and the request id that refusals and the log share. */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Metrics } from "../metrics/metrics.ts";
import type { ProblemCode } from "../protocol/problems.ts";
import type { RequestContext } from "../http/context.ts";
import type { Log } from "../http/log.ts";

type LogOptions = {
  log: Log;
  newId: () => string;
  /** Milliseconds since 1970. */
  clock: () => number;
  metrics?: Pick<Metrics, "problem">;
};

/**
 * Logs method, route pattern, status and time to the response's head; never a path, a query, an address or a text. The
 * id is always generated here: with one from the client, log lines could be forged.
 */
export function requestLog({ log, newId, clock, metrics }: LogOptions): MiddlewareHandler<RequestContext> {
  return async (c, next) => {
    const id = newId();
    const begun = clock();
    c.set("requestId", id);
    c.header("x-request-id", id);
    await next();
    const problem: ProblemCode | undefined = c.get("problem");
    const { method } = c.req;
    const line = { id, method, route: routePath(c, -1), status: c.res.status, ms: clock() - begun };
    if (problem !== undefined && !c.get("isCounted")) metrics?.problem(problem);
    log.info(problem === undefined ? line : { ...line, problem }, "request");
  };
}
