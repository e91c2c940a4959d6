/** Tests of the server with requests that no browser sends. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBakery, type Bakery } from "../../testing/bakery.ts";
import { startNodeServer } from "./http-server.ts";

let bakery: Bakery;
beforeAll(async () => {
  bakery = await openBakery({ LARGEST_BODY: "2000" });
});
afterAll(() => bakery.close());

const path = "/v1/agents/default/conversations";

/** Sends the text as it is and returns all that comes until the server closes or half a second is silent. */
function speak(...pieces: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = "";
    const socket = connect(bakery.proxy.port, "127.0.0.1", () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.setTimeout(500, () => socket.destroy());
    socket.on("data", (bytes) => (heard += bytes.toString()));
    socket.on("close", () => resolve(heard));
    socket.on("error", (error) => (heard === "" ? reject(error) : resolve(heard)));
  });
}

function head(...lines: string[]): string {
  return [...lines, "", ""].join("\r\n");
}

const post = (...headers: string[]) =>
  head(`POST ${path} HTTP/1.1`, "host: chat.test", "content-type: application/json", ...headers);

describe("a request that is ambiguous or malformed", () => {
  it.each([
    ["both lengths", post("content-length: 5", "transfer-encoding: chunked")],
    ["two lengths", post("content-length: 5", "content-length: 6")],
    ["a folded header", post("x-a: 1", " folded", "content-length: 2")],
    ["an unknown coding", post("transfer-encoding: chunky")],
    ["a signed length", post("content-length: +2")],
    ["no host", head("GET /healthz HTTP/1.1")],
    ["an unknown method", head("STEAL /healthz HTTP/1.1", "host: a")],
  ])("with %s is refused and reaches nothing", async (_, text) => {
    bakery.standin.seen.clear();
    expect(await speak(`${text}{}`)).toMatch(/^HTTP\/1\.1 (400|405|501)|^$/);
    expect(bakery.standin.seen.requests).toEqual([]);
  });

  it.each(["CONNECT evil.test:443", "TRACE /healthz"])("by %s is refused", async (line) => {
    expect(await speak(head(`${line} HTTP/1.1`, "host: chat.test"))).toMatch(/^HTTP\/1\.1 4\d\d|^$/);
  });

  it("for another host is answered here", async () => {
    bakery.standin.seen.clear();
    await speak(
      head("GET http://evil.test/v1/agents/default HTTP/1.1", "host: evil.test", "connection: close"),
    );
    await speak(head("GET //evil.test/v1/agents/default HTTP/1.1", "host: chat.test", "connection: close"));
    for (const { path } of bakery.standin.seen.requests)
      expect(path).toMatch(/^\/api\/v1\/projects\/\d+(\/settings)?$/);
  });

  it("with headers over sixteen kilobytes is refused", async () => {
    const long = head("GET /healthz HTTP/1.1", "host: a", `x-long: ${"x".repeat(17_000)}`);
    expect(await speak(long)).toMatch(/^HTTP\/1\.1 431/);
  });
});

describe("a body that is too large", () => {
  it("is refused at once when it says so, unread", async () => {
    expect(await speak(post("content-length: 5000000"))).toMatch(/^HTTP\/1\.1 413[\s\S]*"code":"too-long"/);
  });

  it("is refused while it comes when it does not say so", async () => {
    const chunk = `3e8\r\n${"x".repeat(1000)}\r\n`;
    expect(await speak(post("transfer-encoding: chunked"), chunk, chunk, chunk)).toMatch(/^HTTP\/1\.1 413/);
  });
});

describe("the server", () => {
  it("sends no headers about its software", async () => {
    const response = await bakery.send("GET", "/");
    for (const name of ["server", "x-powered-by", "via", "set-cookie"])
      expect(response.headers.get(name)).toBeNull();
  });

  it("fails to start with a clear sentence when its port is taken or its address is invalid", async () => {
    const start = (host: string, port: number) =>
      startNodeServer({ fetch: () => new Response(), host, port }).then(
        () => "started",
        (error: unknown) => (error instanceof Error ? error.message : ""),
      );
    expect(await start("127.0.0.1", bakery.proxy.port)).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken/);
    expect(await start("192.0.2.1", 0)).toMatch(/no address "192\.0\.2\.1"/);
  });
});

it("closing lets a response end within the grace, and cuts it after", async () => {
  const encoder = new TextEncoder();
  const slow = (seconds: number) => {
    let last: NodeJS.Timeout;
    return new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encoder.encode("first "));
        last = setTimeout(() => {
          controller.enqueue(encoder.encode("last"));
          controller.close();
        }, seconds * 1000);
      },
      cancel: () => clearTimeout(last),
    });
  };
  const server = await startNodeServer({
    fetch: (request) => new Response(slow(request.url.endsWith("quick") ? 0.1 : 60)),
    host: "127.0.0.1",
    port: 0,
  });
  const [quick, endless] = await Promise.all([fetch(`${server.url}/quick`), fetch(`${server.url}/endless`)]);
  const closing = server.close(400);
  expect(await quick.text()).toBe("first last");
  await expect(endless.text()).rejects.toThrow("terminated");
  await closing;
  await expect(fetch(`${server.url}/quick`)).rejects.toThrow("fetch failed");
});

it("closing lets a slow reader receive everything, within the grace period", async () => {
  const size = 20_000_000;
  const server = await startNodeServer({
    fetch: () => new Response("x".repeat(size)),
    host: "127.0.0.1",
    port: 0,
  });
  let heard = 0;
  const socket = connect(server.port, "127.0.0.1", () => {
    socket.write(head("GET / HTTP/1.1", "host: chat.test", "connection: close"));
  });
  const over = new Promise((resolve) => socket.on("close", resolve));
  socket.on("data", (bytes) => (heard += bytes.length));
  await new Promise((resolve) => socket.once("data", resolve));
  socket.pause();
  const closing = server.close(10_000);
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.resume();
  await Promise.all([over, closing]);
  expect(heard).toBeGreaterThan(size);
});
