/** Tests of allowed sites, and of the response headers for their browsers. */
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { isAllowedFor, isAllowedOrigin, originGuard } from "./cors.ts";
import { Refused } from "../http/errors.ts";
import type { RequestContext } from "../http/context.ts";

const unlimited = { stranger: () => {}, preflight: () => {} };
const listed = ["https://shop.example.com", "https://*.example.org"];

function ask(
  headers: Record<string, string>,
  { method = "GET", path = "/v1/agents/default", behindProxy = false, allowed = listed } = {},
) {
  const app = new Hono<RequestContext>();
  app.use("/v1/*", originGuard({ allowed, behindProxy }, unlimited));
  app.onError((error, c) => c.text(error instanceof Refused ? error.code : "broken", 403));
  app.all("/v1/*", (c) => c.text(`from ${String(c.get("origin"))}`));
  const request = new Request(`http://chat.example.com${path}`, {
    method,
    headers: { host: "chat.example.com", ...headers },
  });
  return Promise.resolve(app.fetch(request));
}

describe("an allowed site", () => {
  it.each(["https://shop.example.com", "https://a.example.org", "https://a.b.example.org"])(
    "%s is answered with exactly its origin, never a star, never credentials",
    async (origin) => {
      const response = await ask({ origin, "sec-fetch-site": "cross-site" });
      expect(await response.text()).toBe(`from ${origin}`);
      expect(response.headers.get("access-control-allow-origin")).toBe(origin);
      expect(response.headers.get("access-control-allow-credentials")).toBeNull();
      expect(response.headers.get("access-control-expose-headers")).toBe("retry-after, visitor-token");
      expect(response.headers.get("vary")).toContain("Origin");
    },
  );

  it("may send what the widget sends, and its browser may cache that for a day", async () => {
    const response = await ask(
      {
        origin: "https://shop.example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers":
          "authorization,content-type,last-event-id,visitor-identity,visitor-proof",
      },
      { method: "OPTIONS" },
    );
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://shop.example.com");
    expect(response.headers.get("access-control-allow-methods")).toBe("GET, POST, PUT, DELETE");
    expect(response.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(response.headers.get("access-control-max-age")).toBe("86400");
    expect(response.headers.get("access-control-allow-private-network")).toBeNull();
  });

  it("are asked for the first headers of a list without end only", async () => {
    const asking = { origin: "https://shop.example.com", "access-control-request-method": "POST" };
    const names = `x-early${",".repeat(9000)}x-late`;
    const response = await ask({ ...asking, "access-control-request-headers": names }, { method: "OPTIONS" });
    const granted = response.headers.get("access-control-allow-headers")?.split(", ");
    expect([granted?.includes("x-early"), granted?.includes("x-late")]).toEqual([true, false]);
  });

  it.each(["private", "local"])("may not reach into a %s network through its visitors", async (kind) => {
    const response = await ask(
      {
        origin: "https://shop.example.com",
        "access-control-request-method": "POST",
        [`access-control-request-${kind}-network`]: "true",
      },
      { method: "OPTIONS" },
    );
    expect(response.status).toBe(403);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it.each([
    "traceparent",
    "traceparent, tracestate",
    "Sentry-Trace,Baggage",
    "x-datadog-trace-id,x-datadog-parent-id,x-datadog-origin,x-datadog-sampling-priority",
    "request-id,request-context",
    "newrelic",
    "x-dtc",
    "elastic-apm-traceparent",
    "x-csrf-token,x-requested-with",
    "x-nobody-has-heard-of",
  ])("may send what its own monitoring adds to every request: %s", async (names) => {
    const response = await ask(
      {
        origin: "https://shop.example.com",
        "access-control-request-method": "GET",
        "access-control-request-headers": names,
      },
      { method: "OPTIONS" },
    );
    expect(response.status).toBe(204);
    const granted = response.headers.get("access-control-allow-headers")?.split(", ");
    expect(granted).toEqual(expect.arrayContaining(names.toLowerCase().split(/, ?/)));
    expect(granted).toContain("authorization");
    expect(granted).not.toContain("*");
    expect(response.headers.get("vary")).toBe("Origin, Access-Control-Request-Headers");
  });

  it.each([
    ["PATCH", "content-type"],
    ["POST", "x secret"],
    ["POST", "*"],
    ["POST", "x-(secret)"],
    ["POST", `x-${"long".repeat(40)}`],
    ["POST", Array.from({ length: 65 }, (_, index) => `x-${index}`).join()],
  ])("may not %s with the headers %s", async (method, header) => {
    const response = await ask(
      {
        origin: "https://shop.example.com",
        "access-control-request-method": method,
        "access-control-request-headers": header,
      },
      { method: "OPTIONS" },
    );
    expect(response.status).toBe(403);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("another site", () => {
  const strangers = [
    "https://evil.test",
    "https://shop.example.com.evil.test",
    "https://evilshop.example.com",
    "http://shop.example.com",
    "https://shop.example.com:8443",
    "https://example.org",
    "http://a.example.org",
    "https://evil.test/.example.org",
    "https://.example.org",
    "https://a.example.org.evil.test",
    "null",
    "",
  ];

  it.each(strangers)("%j is refused and told nothing", async (origin) => {
    const response = await ask({ origin });
    expect(response.status).toBe(403);
    expect(await response.text()).toBe("not-allowed");
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(response.headers.get("vary")).toContain("Origin");
  });

  it.each(strangers)("%j gets no preflight either", async (origin) => {
    const response = await ask({ origin, "access-control-request-method": "POST" }, { method: "OPTIONS" });
    expect(response.status).toBe(403);
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it.each(["cross-site", "same-site"])(
    "is refused when its browser hides the origin but says %s",
    async (fetchSite) => {
      expect((await ask({ "sec-fetch-site": fetchSite })).status).toBe(403);
    },
  );

  it("may show a picture, whose sealed address is the permission", async () => {
    const response = await ask({ "sec-fetch-site": "cross-site" }, { path: "/v1/pictures/abc" });
    expect(response.status).toBe(200);
  });
});

describe("the proxy's own pages", () => {
  it("need not be listed, over http or behind TLS", async () => {
    expect((await ask({ origin: "http://chat.example.com" })).status).toBe(200);
    expect((await ask({ origin: "https://chat.example.com" })).status).toBe(200);
    expect((await ask({ origin: "https://chat.example.com:444" })).status).toBe(403);
  });

  it.each([
    ["http://chat.example.com", "chat.example.com:80"],
    ["https://chat.example.com", "chat.example.com:443"],
    ["https://chat.example.com", "Chat.Example.com"],
    ["http://[::1]:8787", "[::1]:8787"],
  ])("%s is at the host %s", async (origin, host) => {
    expect((await ask({ origin, host })).status).toBe(200);
  });

  it.each([
    ["https://<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
    ["https://evil.test, chat.example.com", "evil.test, chat.example.com"],
    ["https://user@evil.test", "user@evil.test"],
    ["https://evil.test/path", "evil.test/path"],
    ["https://evil.test#", "evil.test#"],
    ["ftp://evil.test", "evil.test"],
  ])("%s is at no host, whatever the headers say", async (origin, host) => {
    const forwarded = { origin, "x-forwarded-host": host };
    expect((await ask(forwarded, { behindProxy: true, allowed: [] })).status).toBe(403);
    expect((await ask({ origin, host })).status).toBe(403);
  });

  it("are known by the forwarded host only behind a server of ours, and where no site is listed", async () => {
    const headers = { origin: "https://public.example.net", "x-forwarded-host": "public.example.net" };
    expect((await ask(headers, { allowed: [] })).status).toBe(403);
    expect((await ask(headers, { behindProxy: true, allowed: [] })).status).toBe(200);
    expect((await ask(headers, { behindProxy: true })).status).toBe(403);
    const other = { ...headers, origin: "https://evil.test" };
    expect((await ask(other, { behindProxy: true, allowed: [] })).status).toBe(403);
  });
});

it("a request without an origin passes this check", async () => {
  const response = await ask({});
  expect(await response.text()).toBe("from null");
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
  expect((await ask({ "sec-fetch-site": "same-origin" })).status).toBe(200);
});

it("a wildcard matches characters of host names only", () => {
  expect(isAllowedOrigin("https://a@b.example.org", ["https://*.example.org"])).toBe(false);
  expect(isAllowedOrigin("https://a.example.org:8443", ["https://*.example.org:8443"])).toBe(true);
});

describe("an agent with sites of its own", () => {
  const rules = {
    allowed: ["https://example.com"],
    ofAgents: new Map([["shop", ["https://shop.example.com", "https://*.shop.example.org"]]]),
    behindProxy: false,
  };

  async function mayUse(agent: string, headers: Record<string, string>): Promise<string> {
    const app = new Hono<RequestContext>();
    app.use("/v1/*", originGuard(rules, unlimited));
    app.onError((_, c) => c.text("not even let in"));
    app.get("/v1/agents/:agent", (c) => c.text(String(isAllowedFor(c, c.req.param("agent"), rules))));
    const request = new Request(`http://chat.example.com/v1/agents/${agent}`, {
      headers: { host: "chat.example.com", ...headers },
    });
    return (await app.fetch(request)).text();
  }

  it.each([
    ["shop", "https://shop.example.com", "true"],
    ["shop", "https://a.shop.example.org", "true"],
    ["shop", "https://example.com", "false"],
    ["default", "https://example.com", "true"],
    ["default", "https://shop.example.com", "false"],
    ["default", "https://evil.test", "not even let in"],
    ["shop", "https://evil.test", "not even let in"],
    ["shop", "https://chat.example.com", "true"],
  ])("%s used by %s: %s", async (agent, origin, answer) => {
    expect(await mayUse(agent, { origin })).toBe(answer);
  });

  it("is shown to the proxy's own pages, whose requests for it name no origin", async () => {
    expect(await mayUse("shop", { "sec-fetch-site": "same-origin" })).toBe("true");
  });
});
