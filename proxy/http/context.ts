/** Context of a request, beyond the request itself, for middleware and routes. */
import type { ProblemCode } from "../protocol/problems.ts";

/** Hono's environment type of the whole proxy. */
export type RequestContext = {
  Bindings: {
    /** The peer's network address, where the server knows it. */
    address?: string | undefined;
  };
  Variables: {
    /** Names the request in the log and in the response's `x-request-id`. */
    requestId: string;
    /** Why it was refused; not set when it was not. */
    problem: ProblemCode;
    /** Whether that problem was counted already, where the answer failed that this request waited for. */
    isCounted: boolean;
    /** Allowed origin of the request; null when it named none. */
    origin: string | null;
    /** Whether that origin is the proxy's own: its pages may use every agent. */
    isOwnSite: boolean;
    /** The network address it counts against, from `clientAddress`; null where the server knows none. */
    address: string | null;
  };
};
