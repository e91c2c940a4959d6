/** Which sites may speak to the proxy, and what their browsers are told about it (CORS). */
import type { MiddlewareHandler } from "hono";
import { patterns } from "../protocol/paths.ts";
import type { RequestContext } from "./request-context.ts";
import { Refused } from "./refusal.ts";

type OriginRules = {
  /** Origins as `new URL(…).origin` writes them, or `https://*.example.com` for every host below one. */
  allowed: readonly string[];
  /** Whether a proxy of ours stands in front, so that `X-Forwarded-Host` names the host visitors see. */
  behindProxy: boolean;
};

const methods = ["GET", "POST", "PUT", "DELETE"];
const requestHeaders = ["content-type", "authorization", "last-event-id", "accept"];
/** Seconds a browser may remember a preflight; Chromium caps it at 7200. */
const preflightLife = "86400";

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
 * Lets a request pass when its browser says it comes from an allowed site or from the proxy's own pages.
 *
 * The origin is only the first gate: a script outside any browser writes whatever `Origin` it likes. It keeps other
 * sites' visitors from being used; tokens and limits keep out the rest. That is also why a request without `Origin`
 * passes: it is a same-origin GET (browsers leave the header out there) or no browser at all.
 */
export function originGuard(rules: OriginRules): MiddlewareHandler<RequestContext> {
  return async (c, next) => {
    const origin = c.req.header("origin");
    c.header("vary", "Origin");
    // Pictures are shown by <img>, which sends no Origin; their sealed address is what lets one see them.
    const isPicture = c.req.path.startsWith(patterns.picture.replace(":picture", ""));
    if (origin === undefined) {
      const site = c.req.header("sec-fetch-site");
      if (!isPicture && (site === "cross-site" || site === "same-site")) throw new Refused("not-allowed");
      c.set("origin", null);
      return next();
    }
    if (!isAllowedOrigin(origin, rules.allowed) && !isOwn(origin)) throw new Refused("not-allowed");
    c.set("origin", origin);
    if (c.req.method === "OPTIONS" && c.req.header("access-control-request-method") !== undefined)
      return preflight();
    c.header("access-control-allow-origin", origin);
    c.header("access-control-expose-headers", "retry-after");
    return next();

    function isOwn(origin: string): boolean {
      const forwarded = rules.behindProxy ? c.req.header("x-forwarded-host") : undefined;
      const called = c.req.header("host") ?? new URL(c.req.url).host;
      const host = /^https?:\/\/(.+)$/.exec(origin)?.[1];
      return host !== undefined && (host === called || host === forwarded);
    }

    function preflight(): Response {
      const method = c.req.header("access-control-request-method") ?? "";
      const asked = (c.req.header("access-control-request-headers") ?? "").toLowerCase().split(",");
      const unknown = asked
        .map((name) => name.trim())
        .find((name) => name !== "" && !requestHeaders.includes(name));
      if (!methods.includes(method) || unknown !== undefined) throw new Refused("not-allowed");
      return c.body(null, 204, {
        "access-control-allow-origin": origin ?? "",
        "access-control-allow-methods": methods.join(", "),
        "access-control-allow-headers": requestHeaders.join(", "),
        "access-control-max-age": preflightLife,
      });
    }
  };
}
