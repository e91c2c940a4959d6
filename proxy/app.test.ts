/** Tests of the proxy as browsers and attackers see it, with a fake upstream. */
import { describe, expect, it } from "vitest";
import { problems } from "./protocol/problems.ts";
import { createFakeProxy, site, turnId } from "./testing/fake-proxy.ts";
import { readRefusal } from "./testing/read-events.ts";
import { UpstreamFailure } from "./upstream/errors.ts";

const start = "/v1/agents/default/conversations";
const question = (number = 1) => ({ prompt: "When?", turn: turnId(number) });

describe("the agent's profile", () => {
  it("contains only what the widget renders, with images as paths of the proxy", async () => {
    const proxy = createFakeProxy();
    const response = await proxy.call("GET", "/v1/agents/default");
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ agent: "default", title: "Bakery", longestPrompt: 4000 });
    expect(text).not.toMatch(/persona|bakery\.test/);
    expect(JSON.parse(text)).toHaveProperty("avatar", expect.stringMatching(/^\/v1\/pictures\/[\w-]+$/));
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    expect(response.headers.get("vary")).toContain("Origin");
  });

  it("is answered with 304 when the browser has it", async () => {
    const proxy = createFakeProxy();
    const etag = (await proxy.call("GET", "/v1/agents/default")).headers.get("etag") ?? "";
    const again = await proxy.call("GET", "/v1/agents/default", { headers: { "if-none-match": etag } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });

  it("comes from the project that the alias is configured for", async () => {
    const proxy = createFakeProxy({ agents: new Map([["help", 99]]) });
    await proxy.call("GET", "/v1/agents/help");
    expect(proxy.upstream.calls).toEqual(["profile 99"]);
  });

  it.each(["7", "nobody", "__proto__", "constructor", "default%2F..", "%00", "Default"])(
    "is served for configured aliases only, not for %s",
    async (alias) => {
      const proxy = createFakeProxy();
      expect((await proxy.call("GET", `/v1/agents/${alias}`)).status).toBe(404);
      expect(proxy.upstream.calls).toEqual([]);
    },
  );
});

describe("pictures", () => {
  it("are served with safe headers, by sealed address only", async () => {
    const proxy = createFakeProxy();
    proxy.upstream.pictures.set("https://bakery.test/face.png", {
      type: "image/png",
      bytes: new Uint8Array([1, 2]),
    });
    const profile: unknown = await (await proxy.call("GET", "/v1/agents/default")).json();
    const path = /"avatar":"([^"]+)"/.exec(JSON.stringify(profile))?.[1] ?? "";
    const response = await proxy.call("GET", path, {
      headers: { origin: "", "sec-fetch-site": "cross-site" },
    });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=86400",
    });
  });

  it("are not served for a plain address", async () => {
    const proxy = createFakeProxy();
    const path = `/v1/pictures/${encodeURIComponent("https://bakery.test/face.png")}`;
    expect((await proxy.call("GET", path)).status).toBe(404);
    expect(proxy.upstream.calls).toEqual([]);
  });
});

describe("refusals", () => {
  it.each([
    ["another site", { origin: "https://evil.test" }],
    ["no site", { origin: "null" }],
    ["a hidden site", { origin: "", "sec-fetch-site": "cross-site" }],
  ])("%s, before anything reaches upstream", async (_, headers) => {
    const proxy = createFakeProxy();
    const response = await proxy.call("POST", start, { body: question(), headers });
    expect(await readRefusal(response)).toEqual({ status: 403, code: "not-allowed" });
    expect(proxy.upstream.calls).toEqual([]);
  });

  it("a form's content type, a compressed body, an endless prompt", async () => {
    const proxy = createFakeProxy({ longestPrompt: 10 });
    const post = (body: unknown, headers = {}) => proxy.call("POST", start, { body, headers });
    expect((await post(question(), { "content-type": "text/plain" })).status).toBe(400);
    expect((await post(question(), { "content-encoding": "gzip" })).status).toBe(400);
    expect(await readRefusal(await post({ ...question(), prompt: "x".repeat(11) }))).toEqual({
      status: 413,
      code: "too-long",
    });
    expect(proxy.upstream.calls).toEqual([]);
  });

  it("are readable by the allowed site, never cached, and name their request", async () => {
    const response = await createFakeProxy().call("POST", start, { body: "{" });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": site,
      "cache-control": "no-store",
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "x-request-id": "request-1",
    });
  });
});

describe("a wrong method or path", () => {
  it.each([
    ["PUT", start, "GET, HEAD, POST"],
    ["PUT", "/v1/agents/default", "GET, HEAD"],
    ["PATCH", "/v1/conversations/x/messages", "GET, HEAD, POST"],
    ["GET", "/v1/conversations/x", "DELETE"],
    ["POST", "/v1/conversations/x/turns/y", "GET, HEAD, DELETE"],
    ["DELETE", "/widget.js", "GET, HEAD"],
    ["OPTIONS", start, "GET, HEAD, POST"],
  ])("%s %s receives the allowed methods", async (method, path, allow) => {
    const response = await createFakeProxy().call(method, path);
    expect(response.headers.get("allow")).toBe(allow);
    expect(await readRefusal(response)).toEqual({ status: 405, code: "bad-request" });
  });

  it.each([
    "/",
    "/.env",
    "/v1",
    "/v1/",
    "/v1/agents",
    "/v1/agents/default/",
    "/v1/projects/7",
    "/metrics",
    "/v2/x",
  ])("%s is not found", async (path) => {
    const proxy = createFakeProxy();
    expect(await readRefusal(await proxy.call("GET", path))).toEqual({ status: 404, code: "not-found" });
    expect(proxy.upstream.calls).toEqual([]);
  });
});

describe("health", () => {
  it("is reported without details of the configuration", async () => {
    const proxy = createFakeProxy();
    expect(await (await proxy.call("GET", "/healthz")).text()).toBe('{"status":"ok"}');
    expect(proxy.upstream.calls).toEqual([]);
    expect(await (await proxy.call("GET", "/readyz", { headers: { origin: "" } })).text()).toBe(
      '{"status":"ready","upstream":"ok","redis":"none"}',
    );
  });

  it("checks upstream twice a minute while it answers, and every five seconds while it does not", async () => {
    const proxy = createFakeProxy();
    proxy.upstream.failing.set("look", new UpstreamFailure("agent-unavailable", "the key sk-123"));
    const first = await proxy.call("GET", "/readyz");
    expect([first.status, await first.text()]).toEqual([
      503,
      '{"status":"not ready","upstream":"away","redis":"none"}',
    ]);
    proxy.upstream.failing.clear();
    await proxy.time.pass(4000);
    expect((await proxy.call("GET", "/readyz")).status).toBe(503);
    await proxy.time.pass(1000);
    expect((await proxy.call("GET", "/readyz")).status).toBe(200);
    proxy.upstream.failing.set("look", new UpstreamFailure("upstream-down", "nobody there"));
    await proxy.time.pass(29_000);
    expect((await proxy.call("GET", "/readyz")).status).toBe(200);
    await proxy.time.pass(1000);
    expect((await proxy.call("GET", "/readyz")).status).toBe(503);
    expect(proxy.upstream.calls).toHaveLength(3);
  });

  it("is not ready while shutting down", async () => {
    const proxy = createFakeProxy();
    await proxy.drain(1000);
    expect((await proxy.call("GET", "/readyz")).status).toBe(503);
    expect((await proxy.call("GET", "/healthz")).status).toBe(200);
  });
});

describe("upstream's failures", () => {
  it.each(Object.entries(problems))(
    "%s reaches the browser as a code and message of ours",
    async (code, { status }) => {
      const proxy = createFakeProxy();
      const failure = Object.entries(problems).find(([name]) => name === code)?.[0] ?? "";
      if (!isCode(failure)) throw new Error(code);
      proxy.upstream.failing.set("profile", new UpstreamFailure(failure, "key sk-123 was refused", 7));
      const response = await proxy.call("GET", "/v1/agents/default");
      expect(response.headers.get("retry-after")).toBe("7");
      expect(await response.clone().text()).not.toContain("sk-123");
      expect(await readRefusal(response)).toEqual({ status, code, retryAfter: 7 });
    },
  );

  it("an unexpected error is no 500 and reveals nothing; the log has it", async () => {
    const proxy = createFakeProxy();
    proxy.upstream.failing.set("profile", new TypeError("cannot read the secret"));
    const response = await proxy.call("GET", "/v1/agents/default");
    expect(await readRefusal(response)).toEqual({ status: 502, code: "upstream-down" });
    expect(JSON.stringify(proxy.logged)).toMatch(/"error":"TypeError","stack":\["at [^"]*app\.test\.ts/);
    expect(JSON.stringify(proxy.logged)).not.toContain("cannot read the secret");
  });
});

function isCode(word: string): word is keyof typeof problems {
  return Object.hasOwn(problems, word);
}

describe("the log", () => {
  it("has one line for each request, without prompt, token, path, query or address", async () => {
    const proxy = createFakeProxy();
    const { conversation, visitor } = await proxy.conversation("my secret question");
    await proxy.call("GET", `/v1/conversations/${conversation}/messages?x=searched`, { token: visitor });
    await proxy.call("GET", "/nowhere?x=searched");
    expect(proxy.logged).toEqual([
      expect.objectContaining({ message: "request", id: "request-1", method: "POST", status: 200 }),
      expect.objectContaining({ route: "/v1/conversations/:conversation/messages", status: 200 }),
      expect.objectContaining({ status: 404, problem: "not-found" }),
    ]);
    const text = JSON.stringify(proxy.logged);
    for (const word of ["secret question", visitor, conversation, "searched", "nowhere", site])
      expect(text).not.toContain(word);
  });
});
