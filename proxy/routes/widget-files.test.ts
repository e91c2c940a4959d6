/** Tests of the widget's files, as browsers and caches get them. */
import { describe, expect, it } from "vitest";
import { createFakeProxy } from "../testing/fake-proxy.ts";
import type { WidgetFile } from "./widget-files.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const file: WidgetFile = {
  type: "text/javascript; charset=utf-8",
  body: bytes("plain"),
  brotli: bytes("brotli"),
  gzip: bytes("gzip"),
  etag: "e1",
  immutable: false,
};
const proxy = createFakeProxy(
  {},
  new Map([
    ["/widget.js", file],
    ["/assets/main-abc.js", { ...file, immutable: true }],
    ["/assets/new.js", { ...file, immutable: true, mustRevalidate: true }],
    ["/assets/bare-abc.js", { ...file, immutable: true, brotli: undefined, gzip: undefined }],
  ]),
);

function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return proxy.call(method, path, { headers: { origin: "https://anyone.test", ...headers } });
}

describe("the widget's files", () => {
  it("are open to every site, never sniffed, and say how they may be stored", async () => {
    const response = await get("/widget.js", { origin: "null", "sec-fetch-site": "cross-site" });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=300, stale-while-revalidate=86400",
      vary: "Accept-Encoding",
    });
    const asset = await get("/assets/main-abc.js");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("are revalidated each time during development", async () => {
    const response = await get("/assets/new.js");
    expect(response.headers.get("cache-control")).toBe("no-cache");
  });

  it("stand in for the chat of an earlier version, whose tag browsers still keep, and only for the chat", async () => {
    const response = await get("/assets/main-old999.js?r=1");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('export * from "./main-abc.js";\n');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "access-control-allow-origin": "*",
      "cache-control": "no-cache",
    });
    for (const path of ["/assets/old999.js", "/assets/main-.js", "/assets/main-old.js.map", "/main-old.js"])
      expect((await get(path)).status).toBe(404);
    const without = createFakeProxy({}, new Map([["/widget.js", file]]));
    expect((await without.call("GET", "/assets/main-old.js", {})).status).toBe(404);
  });

  it.each([
    ["gzip, deflate, br", "brotli", "br"],
    ["gzip", "gzip", "gzip"],
    ["br;q=0.5, gzip;q=0.8", "gzip", "gzip"],
    ["br;q=0, gzip;q=0", "plain", null],
    ["*", "brotli", "br"],
    ["", "plain", null],
    ["identity", "plain", null],
  ])("come compressed as the browser likes it: %s", async (accepted, text, encoding) => {
    const response = await get("/widget.js", { "accept-encoding": accepted });
    expect(await response.text()).toBe(text);
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("content-length")).toBe(String(text.length));
  });

  it("come uncompressed where there is no compressed file", async () => {
    const response = await get("/assets/bare-abc.js", { "accept-encoding": "br, gzip" });
    expect(await response.text()).toBe("plain");
  });

  it("are answered with 304 when the browser has them, in the same encoding only", async () => {
    const headers = { "accept-encoding": "br" };
    const first = await get("/widget.js", headers);
    const etag = first.headers.get("etag") ?? "";
    const again = await get("/widget.js", { ...headers, "if-none-match": `"other", W/${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    expect(again.headers.get("etag")).toBe(etag);
    expect(again.headers.get("access-control-allow-origin")).toBe("*");
    expect((await get("/widget.js", { "accept-encoding": "gzip", "if-none-match": etag })).status).toBe(200);
  });

  it("only the start of an endless If-None-Match is read", async () => {
    const names = (count: number) => ({ "if-none-match": `${"x,".repeat(count)}"e1"` });
    expect((await get("/widget.js", names(400))).status).toBe(304);
    expect((await get("/widget.js", names(7000))).status).toBe(200);
  });

  it("answer HEAD without a body", async () => {
    const response = await get("/widget.js", {}, "HEAD");
    expect(response.status).toBe(200);
    expect(await response.text()).toBe("");
    expect(response.headers.get("content-length")).toBe("5");
  });

  it.each([
    "/assets/none.js",
    "/assets/../widget.js.map",
    "/assets/%2e%2e%2fpackage.json",
    "/assets/__proto__",
  ])("are the only files there are: %s", async (path) => expect((await get(path)).status).toBe(404));
});
