/** Attacks by size and form: too much, too strange, or two requests in one. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { head } from "./testing/raw-request.ts";
import { openSiege, type Siege } from "./testing/siege.ts";
import { site, startPath } from "./testing/siege-secrets.ts";

let siege: Siege;
beforeAll(async () => {
  siege = await openSiege({ LARGEST_BODY: "20000", LONGEST_PROMPT: "100" });
});
afterAll(() => siege.close());
beforeEach(() => siege.upstream.wellBehaved());

let turns = 0;
const turn = () => `00000000-0000-4000-a000-${String(++turns).padStart(12, "0")}`;
const question = (prompt: unknown = "When?") => JSON.stringify({ prompt, turn: turn() });

const post = (...headers: string[]) =>
  head(
    `POST ${startPath} HTTP/1.1`,
    "host: chat.test",
    `origin: ${site}`,
    "content-type: application/json",
    ...headers,
  );

async function refused(...pieces: string[]) {
  const answer = await siege.speak(...pieces);
  expect(siege.upstream.heard).toEqual([]);
  return answer;
}

describe("a body that is too large", () => {
  it("11: and says so is refused at once, unread", async () => {
    const began = performance.now();
    const answer = await refused(post("content-length: 500000000", "connection: close"));
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('"code":"too-long"');
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it("12: and does not say so is counted as it comes, refused, and its connection closed", async () => {
    const chunk = `1000\r\n${"x".repeat(4096)}\r\n`;
    const answer = await refused(
      post("transfer-encoding: chunked"),
      ...Array.from({ length: 8 }, () => chunk),
    );
    expect(answer.status).toBe(413);
    // The next request of that connection would begin in the middle of the body.
    expect(answer.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer.closed).toBe(true);
  });
});

describe("a prompt", () => {
  it("13: over the cap is refused, counted in characters", async () => {
    const send = (prompt: string) => siege.send("POST", startPath, { body: { prompt, turn: turn() } });
    expect((await send("x".repeat(101))).status).toBe(413);
    expect((await send("🥐".repeat(101))).status).toBe(413);
    expect(siege.upstream.heard).toEqual([]);
    expect((await send("🥐".repeat(100))).status).toBe(200);
  });

  it.each([
    ["an empty text", question("")],
    ["blanks", question(" \n\t ")],
    ["nothing but NUL", question("\0")],
    ["a number", question(1)],
    ["null", question(null)],
    ["a list", question(["a"])],
    ["an object", question({ toString: "a" })],
    ["a deep list", `{"prompt":${"[".repeat(9000)}${"]".repeat(9000)},"turn":"${turn()}"}`],
    ["a prototype", `{"__proto__":{"prompt":"a","turn":"${turn()}"}}`],
    ["a constructor", `{"constructor":{"prototype":{"prompt":"a"}},"turn":"${turn()}"}`],
    ["half a JSON", '{"prompt":"a'],
    ["no JSON", "prompt=a"],
    ["a list around it", `[${question()}]`],
    ["broken UTF-8", `{"prompt":"\xff\xfe","turn":"${turn()}"}`],
    ["nothing", ""],
  ])("14: made of %s is refused", async (_, content) => {
    const length = Buffer.byteLength(content, "latin1");
    const answer = await refused(post(`content-length: ${length}`, "connection: close") + content);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('"code":"bad-request"');
  });
});

describe("another form of body", () => {
  it.each(["gzip", "deflate", "br", "zstd", "identity, gzip", "GZIP"])(
    "15: one compressed by %s is refused, so nothing is ever inflated",
    async (coding) => {
      const response = await fetch(siege.url + startPath, {
        method: "POST",
        headers: { origin: site, "content-type": "application/json", "content-encoding": coding },
        body: gzipSync(question()),
      });
      expect(response.status).toBe(400);
      expect(siege.upstream.heard).toEqual([]);
    },
  );

  it.each([
    "text/plain",
    "text/plain; application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=a",
    "application/jsonp",
    "application/json-patch",
    "",
  ])("16: one that a foreign form can send without asking (%j) is refused", async (type) => {
    const response = await fetch(siege.url + startPath, {
      method: "POST",
      headers: { origin: site, "content-type": type },
      body: question(),
    });
    expect(response.status).toBe(400);
    expect(siege.upstream.heard).toEqual([]);
  });
});

describe("two requests in one", () => {
  const content = question();
  const length = content.length;
  it.each([
    ["both lengths", post(`content-length: ${length}`, "transfer-encoding: chunked")],
    ["two lengths", post(`content-length: ${length}`, "content-length: 1")],
    ["a list of lengths", post(`content-length: ${length}, 1`)],
    ["a folded header", post(`content-length: ${length}`, "x-a: 1", " folded")],
    ["an unknown coding", post("transfer-encoding: xchunked")],
    ["two codings", post("transfer-encoding: chunked, identity")],
    ["a signed length", post(`content-length: +${length}`)],
    ["a hexadecimal length", post("content-length: 0x10")],
    ["a space before the colon", post(`content-length : ${length}`)],
    ["a bare CR", post(`content-length: ${length}`, "x-a: 1\rtransfer-encoding: chunked")],
    ["NUL in a header", post(`content-length: ${length}`, "x-a: \0")],
    ["HTTP/0.9", `POST ${startPath}\r\n\r\n`],
    ["no host", head(`POST ${startPath} HTTP/1.1`, `content-length: ${length}`)],
  ])("17: by %s are refused and the connection is closed", async (_, text) => {
    const answer = await refused(text + content);
    expect(answer.status ?? 400).toBeGreaterThanOrEqual(400);
    expect(answer.status ?? 400).toBeLessThanOrEqual(501);
    expect(answer.text.match(/HTTP\/1\.1 2/g)).toBeNull();
    expect(answer.closed).toBe(true);
  });

  it("17: sent one behind the other are answered one behind the other, none left hanging", async () => {
    const one = () => {
      const content = question();
      return post(`content-length: ${content.length}`) + content;
    };
    const answer = await siege.speak(one() + one() + one());
    expect(answer.text.match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(answer.text.match(/event: done/g)).toHaveLength(3);
  });

  it("17: a head of more than sixteen kilobytes is refused", async () => {
    expect((await refused(post(`x-long: ${"x".repeat(17_000)}`))).status).toBe(431);
  });
});
