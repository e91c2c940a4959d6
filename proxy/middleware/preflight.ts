/** Answers to CORS preflights. */
import type { Context } from "hono";
import { identityHeader, proofHeader, secretHeader } from "../protocol/headers.ts";
import type { RequestContext } from "../http/context.ts";
import { Refused } from "../http/errors.ts";

const methods = ["GET", "POST", "PUT", "DELETE"];

/** What the widget sends. `authorization` has to be named: a `*` would not cover it. */
const ourHeaders = [
  "content-type",
  "authorization",
  "last-event-id",
  "accept",
  identityHeader,
  proofHeader,
  secretHeader,
];

/** Seconds a browser may remember a preflight; Chromium caps it at 7200. */
const preflightLife = "86400";

const maxNames = 64;
/** A header's name (RFC 9110, section 5.1), in lower case and of a bounded length. */
const headerName = /^[a-z0-9!#$%&'*+.^_`|~-]{1,128}$/;

export function isPreflight(c: Context<RequestContext>): boolean {
  return c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined;
}

/** The grant for an origin that is allowed already; throws for what no page of it may do. */
export function answerPreflight(c: Context<RequestContext>, origin: string): Response {
  const method = c.req.header("access-control-request-method") ?? "";
  // A public page that reaches for a machine inside a private network: browsers ask first, and we say no.
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
 * Our own headers and whichever others are asked for; null where those are no names or too many. Monitoring adds its
 * own to every request of a page (`traceparent`, `baggage`, `request-id`, ...). Nothing reads or forwards them, so it
 * costs nothing to let them come, and without that the page's chat could not be reached.
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
