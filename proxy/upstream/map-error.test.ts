/** Tests of upstream's error responses, in every body: code, wait, nothing confidential. */
import { describe, expect, it } from "vitest";
import { bodyMessage } from "./error-message.ts";
import { asUpstreamFailure, failureInStream, failureOf } from "./map-error.ts";
import { createKeyGuard } from "./redact-key.ts";
import { retryAfter } from "./retry-after.ts";
import { key } from "./testing/client.ts";
import { TransportFailure } from "./transport/types.ts";

const now = Date.parse("2026-11-23T12:00:00Z");

describe("a page instead of the service's JSON", () => {
  const told = (status: number, carriesInput: boolean) =>
    failureOf({
      status,
      words: "Attention Required!",
      shape: "html, 40 characters",
      retryAfter: undefined,
      about: "conversation",
      isForeign: true,
      carriesInput,
    }).code;

  it.each([401, 403, 404, 405, 406, 409, 451])("with %i is about the text of the question", (status) => {
    expect(told(status, true)).toBe("bad-request");
    expect(told(status, false)).not.toBe("bad-request");
  });

  it.each([
    [408, "upstream-down"],
    [413, "too-long"],
    [429, "upstream-busy"],
    [502, "upstream-down"],
  ])("with %i has the meaning of its status", (status, code) => {
    expect(told(status, true)).toBe(code);
  });
});

describe("a status and its message", () => {
  const agent = "Agent with id 1 not found";
  const message = "Conversation message with id 7 not found";
  it.each([
    ["project", 400, "Agent id must be integer", false, "agent-unavailable"],
    ["conversation", 400, "Prompt is required", true, "bad-request"],
    ["conversation", 422, "The prompt field is required.", true, "bad-request"],
    ["conversation", 401, "API Token is either missing or invalid", false, "agent-unavailable"],
    ["project", 403, "", false, "agent-unavailable"],
    ["conversation", 403, "", true, "agent-unavailable"],
    ["session", 403, "", true, "not-found"],
    ["session", 403, "Forbidden", true, "not-found"],
    ["session", 403, "You are not allowed to use this conversation", false, "not-found"],
    ["session", 403, "This conversation of agent 5 is not accessible", true, "not-found"],
    ["session", 403, "API Token is either missing or invalid", true, "agent-unavailable"],
    ["session", 403, "This agent is private", true, "agent-unavailable"],
    ["session", 401, "", true, "agent-unavailable"],
    ["session", 404, "", true, "not-found"],
    ["session", 404, agent, true, "agent-unavailable"],
    ["session", 422, "", true, "bad-request"],
    ["conversation", 402, "Payment required", true, "budget-used-up"],
    ["project", 404, "", false, "agent-unavailable"],
    ["conversation", 404, agent, true, "agent-unavailable"],
    ["conversation", 404, message, true, "not-found"],
    ["conversation", 404, "Conversation not found in project 5", true, "not-found"],
    ["conversation", 404, "(an HTML page)", true, "not-found"],
    ["conversation", 410, "", true, "not-found"],
    ["conversation", 408, "", true, "upstream-down"],
    ["conversation", 413, "", true, "too-long"],
    ["conversation", 429, "You have exhausted your current query credits.", true, "budget-used-up"],
    ["conversation", 429, "Quota exceeded", true, "budget-used-up"],
    ["conversation", 429, "Too Many Attempts.", true, "upstream-busy"],
    ["conversation", 429, "", true, "upstream-busy"],
    ["conversation", 503, "", true, "upstream-down"],
    ["conversation", 301, "", true, "upstream-down"],
    ["conversation", 500, "Internal Server Error", true, "upstream-down"],
    ["conversation", 501, "", true, "upstream-down"],
    ["conversation", 502, "(an HTML page)", true, "upstream-down"],
    ["conversation", 504, "", true, "upstream-down"],
    ["conversation", 418, "", true, "upstream-down"],
  ] as const)("on a %s route: %i %s", (about, status, words, carriesInput, code) => {
    const failure = failureOf({ status, words, about, carriesInput, shape: "empty", retryAfter: undefined });
    expect(failure.code).toBe(code);
    expect(failure.retryAfter).toBeUndefined();
  });

  it.each([
    [429, "You have exhausted your credits for this minute", "upstream-busy", 30],
    [429, "", "upstream-busy", 30],
    [503, "", "upstream-busy", 30],
    [500, "", "upstream-down", undefined],
    [401, "", "agent-unavailable", undefined],
  ] as const)("with a wait: %i %s", (status, words, code, wait) => {
    const answer = { status, words, shape: "empty", about: "conversation", carriesInput: true } as const;
    const failure = failureOf({ ...answer, retryAfter: 30 });
    expect({ code: failure.code, wait: failure.retryAfter }).toEqual({ code, wait });
  });
});

describe("an error in a stream", () => {
  it.each([
    ["You have exhausted your current query credits.", 500, "budget-used-up"],
    ["Allowed memory size exhausted", null, "upstream-down"],
    ["Rate limit reached", 500, "upstream-busy"],
    ["", 429, "upstream-busy"],
    ["", 402, "budget-used-up"],
    ["", 401, "agent-unavailable"],
    ["Agent with id 5 not found", 404, "agent-unavailable"],
    ["No", 403, "not-found"],
    ["", null, "upstream-down"],
  ] as const)("%s (%s)", (words, status, code) => {
    expect(failureInStream(words, status, "session").code).toBe(code);
  });
});

describe("Retry-After", () => {
  it.each([
    ["17", 17],
    [" 0 ", 0],
    ["2.2", 3],
    ["999999999", 3600],
    ["Mon, 23 Nov 2026 12:01:30 GMT", 90],
    ["Monday, 23-Nov-26 12:00:10 GMT", 10],
    ["Mon, 23 Nov 2020 12:00:00 GMT", 0],
    ["Mon, 23 Nov 2099 12:00:00 GMT", 3600],
    ["-5", undefined],
    ["soon", undefined],
    ["1e3", undefined],
    ["30; x", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%s", (header, seconds) => {
    expect(retryAfter(header, now)).toBe(seconds);
  });
});

describe("the message of an error", () => {
  it.each([
    ['{"status":"error","url":"x","data":{"code":404,"message":"Gone"}}', "Gone"],
    ['{"message":"Unprocessable","errors":{"prompt":["The prompt is required."]}}', "Unprocessable"],
    ['{"errors":{"prompt":["The prompt is required."]}}', "The prompt is required."],
    ['{"error":"Nope"}', "Nope"],
    ['{"error":{"message":"Nope","type":"x"}}', "Nope"],
    ['"Nope"', "Nope"],
    ["{}", "(no message)"],
    ["null", "(no message)"],
    ["[]", "(no message)"],
    ["<html><head><title> 502 Bad Gateway </title></head>", "(an HTML page: 502 Bad Gateway)"],
    ["<h1>Oh</h1>", "(an HTML page)"],
    ["upstream connect error", "upstream connect error"],
    ["  ", "(empty body)"],
  ])("%s", (body, words) => {
    expect(bodyMessage(body)).toBe(words);
  });
});

describe("what the log must not contain", () => {
  const guard = createKeyGuard(key);
  it.each([
    ["the key", `Bearer ${key} is wrong`, "Bearer [key] is wrong"],
    ["the key without its number", `token ${key.slice(5)}`, "token [key]"],
    ["another key", `9|${"a1".repeat(20)} is wrong`, "[key] is wrong"],
    ["a key in an address", `?k=77%7C${"a1".repeat(24)}&x`, "?k=[key]&x"],
    ["the question", "cannot answer: my secret, sorry", "cannot answer: […], sorry"],
  ])("%s", (_, text, clean) => {
    expect(guard.scrub(text, ["my secret", ""])).toBe(clean);
  });

  it("an endless message costs linear time", () => {
    const spent = process.cpuUsage();
    const question = "ab".repeat(100) + "a".repeat(3800);
    for (const words of ["1".repeat(60_000), "1".repeat(200_000), "a".repeat(4_000_000)])
      expect(guard.scrub(words, [question]).length).toBeLessThan(70_000);
    expect(bodyMessage("<title".repeat(60_000))).toBe("(an HTML page)");
    const { user, system } = process.cpuUsage(spent);
    // Microseconds; read again from each of their letters each of these took longer.
    expect(user + system).toBeLessThan(2_000_000);
  });

  it("a key in JSON escapes is found in a body", () => {
    const hidden = `{"a":[{"b":"${key.replace("|", String.raw`\u007c`)}"}]}`;
    expect(() => guard.refuseKeyIn(JSON.parse(hidden))).toThrow("agent-unavailable");
    expect(() => guard.refuseKeyIn({ a: ["1234|other"] })).not.toThrow();
  });

  it("a key in HTML character references is found in a body", () => {
    const hidden = key.replace(/./gu, (sign) => `&#${sign.codePointAt(0)};`);
    expect(() => guard.refuseKeyIn({ title: `Prices ${hidden}` })).toThrow("agent-unavailable");
    expect(() => guard.refuseKeyIn({ title: "Tom &amp; Jerry" })).not.toThrow();
  });
});

it("a transport error is `upstream-down`, with the reason for the log", () => {
  const failure = asUpstreamFailure(new TransportFailure("broken", "ECONNREFUSED connect"));
  expect(failure).toMatchObject({ code: "upstream-down", detail: "broken: ECONNREFUSED connect" });
});
