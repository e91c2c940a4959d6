/** Tests of request bodies: which are read, and what is kept of them. */
import { describe, expect, it } from "vitest";
import { readQuestion } from "./read-body.ts";
import { readFeedback } from "./read-contact-body.ts";
import { Refused } from "./errors.ts";

const limits = { largestBody: 2000, longestPrompt: 100 };
const turn = "3f0b9a52-8a53-4a53-9f7e-0d3d29fb2f7a";

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request("http://chat.example.com/", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
}

const json = (question: object, headers = {}) => post(JSON.stringify(question), headers);

async function codeOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return "read";
  } catch (error) {
    return error instanceof Refused ? error.code : `broken: ${String(error)}`;
  }
}

describe("a question", () => {
  it("is read with the fields of the protocol and no others", async () => {
    const question = {
      prompt: " When? ",
      turn,
      page: { title: "Shop", url: "https://shop.example.com/" },
      language: "pt-BR",
    };
    const extra = { custom_persona: "be evil", stream: true, page: { ...question.page, cookie: "x" } };
    expect(await readQuestion(json({ ...question, ...extra }), limits)).toEqual(question);
    expect(await readQuestion(json({ prompt: "When?", turn }), limits)).toEqual({ prompt: "When?", turn });
  });

  it("of a thousand parts is refused unparsed, nested or not; its strings may hold any characters", async () => {
    const wide = { largestBody: 65_536, longestPrompt: 10_000 };
    const adding = (extra: string) => post(`{"prompt":"a","turn":"${turn}","extra":${extra}}`);
    for (const part of ["[", "{", ",", ":"]) {
      const prompt = part.repeat(5000) + String.raw`\"`;
      expect(await readQuestion(json({ prompt, turn }), wide)).toEqual({ prompt, turn });
    }
    for (const extra of [`${"[".repeat(900)}${"]".repeat(900)}`, `[${"1,".repeat(900)}1]`])
      expect(await codeOf(readQuestion(adding(extra), wide))).toBe("read");
    const names = Array.from({ length: 600 }, (_, place) => `"a${place}":1`).join();
    for (const extra of [`${"[".repeat(1001)}${"]".repeat(1001)}`, `[${"1,".repeat(1001)}1]`, `{${names}}`])
      expect(await codeOf(readQuestion(adding(extra), wide))).toBe("bad-request");
  });

  it("has the same turn id in upper and lower case", async () => {
    expect((await readQuestion(json({ prompt: "a", turn: turn.toUpperCase() }), limits)).turn).toBe(turn);
  });

  it("may have a charset in its content type and say that it is not compressed", async () => {
    const headers = { "content-type": "application/json; charset=utf-8", "content-encoding": "identity" };
    expect(await codeOf(readQuestion(json({ prompt: "a", turn }, headers), limits))).toBe("read");
  });

  it("loses NUL letters and halves of pairs, which upstream could not take", async () => {
    const { prompt } = await readQuestion(json({ prompt: "a\0b\uD800c 👍", turn }), limits);
    expect(prompt).toBe("ab\uFFFDc 👍");
  });

  it("may be as long as the limit, counted in letters and not in code units", async () => {
    expect(await codeOf(readQuestion(json({ prompt: "👍".repeat(100), turn }), limits))).toBe("read");
    expect(await codeOf(readQuestion(json({ prompt: "👍".repeat(101), turn }), limits))).toBe("too-long");
    expect(await codeOf(readQuestion(json({ prompt: "a".repeat(101), turn }), limits))).toBe("too-long");
  });

  it("has a page's title shortened to what upstream can use", async () => {
    const page = { title: "x".repeat(1000), url: "https://shop.example.com/" };
    expect((await readQuestion(json({ prompt: "a", turn, page }), limits)).page?.title).toHaveLength(300);
  });

  it.each([
    ["https://shop.example.com", "https://shop.example.com/prices", true],
    [null, "https://shop.example.com/prices", true],
    ["https://shop.example.com", "https://evil.test/prices", false],
    ["https://shop.example.com", "https://shop.example.com.evil.test/", false],
    ["https://shop.example.com", "https://shop.example.com@evil.test/", false],
    ["https://shop.example.com", "http://shop.example.com/", false],
    ["https://shop.example.com", "https://shop.example.com:8443/", false],
    ["https://shop.example.com", "https://[/", false],
  ])("a page of %s that calls itself %s is believed: %s", async (origin, url, isBelieved) => {
    const headers: Record<string, string> = origin === null ? {} : { origin };
    const page = { title: "Prices", url };
    const question = await readQuestion(json({ prompt: "a", turn, page }, headers), limits);
    expect(question.page).toEqual(isBelieved ? page : undefined);
  });

  it.each([
    ["no prompt", { turn }],
    ["a blank prompt", { prompt: " \n\t", turn }],
    ["a prompt of NULs", { prompt: "\0\0", turn }],
    ["a prompt that is a number", { prompt: 5, turn }],
    ["a prompt that is a list", { prompt: ["a"], turn }],
    ["no turn", { prompt: "a" }],
    ["a turn that is no UUID", { prompt: "a", turn: "1" }],
    ["a turn that is a path", { prompt: "a", turn: "../../222/conversations" }],
    ["a page that is no page", { prompt: "a", turn, page: "https://x.example" }],
    [
      "a page with a script for an address",
      { prompt: "a", turn, page: { title: "", url: "javascript:alert(1)" } },
    ],
    ["a language that is none", { prompt: "a", turn, language: "de\r\nx: y" }],
  ])("with %s is refused", async (_, question) => {
    expect(await codeOf(readQuestion(json(question), limits))).toBe("bad-request");
  });

  it.each([
    ["cut JSON", '{"prompt":"a","turn"'],
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["deep nesting", "[".repeat(1900)],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
  ])("that is %s is refused", async (_, body) => {
    expect(await codeOf(readQuestion(post(body), limits))).toBe("bad-request");
  });

  it("cannot reach an object's prototype", async () => {
    const body = `{"__proto__":{"language":"xx","page":{}},"constructor":{},"prompt":"a","turn":"${turn}"}`;
    const question = await readQuestion(post(body), limits);
    expect(question).toEqual({ prompt: "a", turn });
    expect(Object.getPrototypeOf(question)).toBe(Object.prototype);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonx",
    "",
  ])("sent as %j is refused: a foreign page could send that unasked", async (type) => {
    expect(await codeOf(readQuestion(json({ prompt: "a", turn }, { "content-type": type }), limits))).toBe(
      "bad-request",
    );
  });

  it.each(["gzip", "br", "identity, gzip"])("compressed with %s is refused unread", async (encoding) => {
    const headers = { "content-encoding": encoding };
    expect(await codeOf(readQuestion(json({ prompt: "a", turn }, headers), limits))).toBe("bad-request");
  });

  it("that announces too many bytes is refused unread", async () => {
    const request = json({ prompt: "a", turn }, { "content-length": "2001" });
    expect(await codeOf(readQuestion(request, limits))).toBe("too-long");
    expect(request.bodyUsed).toBe(false);
  });

  it("that turns out to be too large is read no further", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(500).fill(++pulled)),
    });
    expect(await codeOf(readQuestion(post(endless), limits))).toBe("too-long");
    expect(pulled).toBeLessThan(10);
  });
});

describe("a rating", () => {
  it("is one of three", async () => {
    expect(await readFeedback(json({ reaction: "liked", message: 1 }), limits)).toEqual({
      reaction: "liked",
    });
    expect(await codeOf(readFeedback(json({ reaction: "loved" }), limits))).toBe("bad-request");
    expect(await codeOf(readFeedback(json({ reaction: null }), limits))).toBe("bad-request");
  });
});
