/** CORS: which sites may call the proxy, and the response headers for their browsers. */
import type { Context, MiddlewareHandler } from "hono";
import { renewalHeader } from "../protocol/headers.ts";
import { readHost } from "../http/host.ts";
import type { RequestLimits } from "./request-limit.ts";
import { answerPreflight, isPreflight } from "./preflight.ts";
import { isForPicture } from "../http/image-request.ts";
import type { RequestContext } from "../http/context.ts";
import { Refused } from "../http/errors.ts";

export type OriginRules = {
  /** Origins as `new URL(…).origin` writes them, or `https://*.example.com` for every host below one. */
  allowed: readonly string[];
  /** Agents with their own sites: only these may use them, `allowed` may not. Default: none. */
  ofAgents?: ReadonlyMap<string, readonly string[]>;
  /** Whether a trusted proxy is in front, so that `X-Forwarded-Host` names the host that visitors see. */
  behindProxy: boolean;
};

const shownHeaders = ["retry-after", renewalHeader].join(", ");

/** Whether an `Origin` is one of the allowed ones. Scheme, host and port all matter; `null` never fits. */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    const star = pattern.indexOf("*");
    if (star === -1) return origin === pattern;
    const start = pattern.slice(0, star);
    const end = pattern.slice(star + 1);
    if (!origin.startsWith(start) || !origin.endsWith(end)) return false;
    // At least one letter for the star, and host letters only: `https://evil.test/.example.com` is no origin at all.
    return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(origin.slice(start.length, origin.length - end.length));
  });
}

/**
 * Whether the requesting site may use this agent. Called by routes, which know the agent: the middleware below admits
 * every site that may use some agent.
 */
export function isAllowedFor(c: Context<RequestContext>, agent: string, rules: OriginRules): boolean {
  const origin = c.get("origin");
  if (origin === null || c.get("isOwnSite")) return true;
  return isAllowedOrigin(origin, rules.ofAgents?.get(agent) ?? rules.allowed);
}

/**
 * Admits requests from allowed sites and from the proxy's own pages, as their browsers report them.
 *
 * The origin is only the first check: scripts outside a browser send any `Origin`. It protects the visitors of other
 * sites; tokens and limits stop the rest. So a request without `Origin` passes: it is a same-origin GET (browsers omit
 * the header there) or does not come from a browser.
 */
export function originGuard(
  rules: OriginRules,
  limits: Pick<RequestLimits, "stranger" | "preflight">,
): MiddlewareHandler<RequestContext> {
  const known = [...rules.allowed, ...[...(rules.ofAgents?.values() ?? [])].flat()];

  function refuse(c: Context<RequestContext>): never {
    limits.stranger(c);
    throw new Refused("not-allowed");
  }

  return async (c, next) => {
    const origin = c.req.header("origin");
    c.header("vary", "Origin");
    if (origin === undefined) {
      const site = c.req.header("sec-fetch-site");
      // Images are loaded by <img>, which sends no Origin; their sealed address grants access.
      if (!isForPicture(c) && (site === "cross-site" || site === "same-site")) refuse(c);
      c.set("origin", null);
      c.set("isOwnSite", false);
      return next();
    }
    const isOwnSite = isOwn(c, origin);
    if (!isOwnSite && !isAllowedOrigin(origin, known)) refuse(c);
    c.set("origin", origin);
    c.set("isOwnSite", isOwnSite);
    if (isPreflight(c)) {
      limits.preflight(c);
      return answerPreflight(c, origin);
    }
    c.header("access-control-allow-origin", origin);
    c.header("access-control-expose-headers", shownHeaders);
    return next();
  };

  /**
   * A forwarded host counts only when no site is configured. Otherwise the owner has named the sites, and a server in
   * front that passes on client headers would admit anyone who sends that one.
   */
  function isOwn(c: Context<RequestContext>, origin: string): boolean {
    const called = c.req.header("host") ?? new URL(c.req.url).host;
    const mayForward = rules.behindProxy && known.length === 0;
    return isAt(origin, called) || (mayForward && isAt(origin, c.req.header("x-forwarded-host")));
  }
}

/** Whether an origin is that of a host as a header names it. Anything but a plain http(s) origin is at none. */
function isAt(origin: string, written: string | undefined): boolean {
  const host = readHost(written);
  const url = /^https?:\/\//.test(origin) && URL.canParse(origin) ? new URL(origin) : null;
  if (host === null || url?.origin !== origin) return false;
  const port = host.port === null ? "" : `:${host.port}`;
  return new URL(`${url.protocol}//${host.name}${port}`).origin === origin;
}
