/** One log line a request, and an id by which its owner and the log can speak of it. */
import type { MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { RequestContext } from "./request-context.ts";

/** One line a thing worth knowing; named fields only, so that nothing is printed by accident. pino's logger fits. */
export type Log = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

type LogOptions = {
  log: Log;
  newId: () => string;
  /** Milliseconds since 1970. */
  clock: () => number;
};

/** Logs method, route pattern, status and time to the response's head; never a path, a query, an address or a text. */
export function requestLog({ log, newId, clock }: LogOptions): MiddlewareHandler<RequestContext> {
  return async (c, next) => {
    const id = newId();
    const begun = clock();
    c.set("requestId", id);
    c.header("x-request-id", id);
    await next();
    const problem: string | undefined = c.get("problem");
    const { method } = c.req;
    const line = { id, method, route: routePath(c, -1), status: c.res.status, ms: clock() - begun };
    log.info(problem === undefined ? line : { ...line, problem }, "request");
  };
}
