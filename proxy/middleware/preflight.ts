/** Answers to CORS preflights. */
import type { Context } from "hono";
import { identityHeader, proofHeader, secretHeader } from "../protocol/headers.ts";
import type { RequestContext } from "../http/context.ts";
import { Refused } from "../http/errors.ts";

const methods = ["GET", "POST", "PUT", "DELETE"];

/** Headers that the widget sends. `authorization` has to be named: a `*` would not cover it. */
const ourHeaders = [
  "content-type",
  "authorization",
  "last-event-id",
  "accept",
  identityHeader,
  proofHeader,
  secretHeader,
];

/** Seconds that a browser may cache a preflight; Chromium caps it at 7200. */
const preflightLife = "86400";

const maxNames = 64;
/** A header's name (RFC 9110, section 5.1), in lower case and of a bounded length. */
const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/;

export function isPreflight(c: Context<RequestContext>): boolean {
  return c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
}

/** Response for an allowed origin; throws for a request that none of its pages may send. */
export function answerPreflight(c: Context<RequestContext>, origin: string): Response {
  const method = c.req.header("access-control-request-method") ?? "";
  // A public page calls a server inside a private network: browsers ask first, and the proxy refuses.
  const isInward = ["private", "local"].some(
    (kind) => c.req.header(`access-control-request-${kind}-network`) !== undefined,
  );
  const names = grantedNames(c.req.header("access-control-request-headers") ?? "");
  if (isInward || !methods.includes(method) || names === null) throw new Refused("not-allowed");
  return c.body(null, 204, {
    vary: "Origin, Access-Control-Request-Headers",
    "access-control-allow-origin": origin,
    "access-control-allow-methods": methods.join(", "),
    "access-control-allow-headers": names.join(", "),
    "access-control-max-age": preflightLife,
  });
}

/**
 * Our own headers and others that are requested; null when those are no header names or too many. Monitoring scripts
 * add their own to all requests of a page (`traceparent`, `baggage`, `request-id`, ...). Nothing reads or forwards
 * them, so they are harmless, and refusing them would block that page's chat.
 */
function grantedNames(asked: string): string[] | null {
  const names = asked
    .toLowerCase()
    .split(",", maxNames + 1)
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > maxNames || !names.every((name) => headerName.test(name) && name !== "*")) return null;
  return [...new Set([...ourHeaders, ...names])];
}
