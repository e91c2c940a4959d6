/** Log text of an error: enough for an operator, and no word of upstream's. */
import { describe, expect, it } from "vitest";
import { bodyShape, failureDetail, knownPhrase, mistakeDetail } from "./error-detail.ts";
import { asUpstreamFailure } from "./map-error.ts";

describe("known messages of upstream", () => {
  it.each([
    ["You have exhausted your current query credits. Please contact", "credits or queries used up"],
    ["Allowed memory size of 134217728 bytes exhausted", "out of memory"],
    ["Too Many Attempts.", "throttled"],
    ["API Token is either missing or invalid", "token missing or invalid"],
    ["Agent with id 529 not found", "agent not found"],
    ["Page with id 12061 not found", "page not found"],
    ["Conversation message with id 7 not found", "message not found"],
    ["Conversation not found", "conversation not found"],
    ["This message failed moderation", "failed moderation"],
    ["This conversation is not accessible", "not allowed"],
    ["Agent name can't be empty", "a field missing or invalid"],
    ["audio is not yet supported.", "not supported"],
    ["Internal Server Error", "server error"],
    ["boom", null],
    ["", null],
  ])("%s: %s", (words, phrase) => {
    expect(knownPhrase(words)).toBe(phrase);
  });
});

it.each([
  ["", "empty"],
  [" \n", "empty"],
  ["<html>Secret", "html, 12 characters"],
  ['{"a":"Secret"}', "json, 14 characters"],
  ["Secret", "text, 6 characters"],
])("of the body %j the log has only its shape", (body, shape) => {
  expect(bodyShape(body)).toBe(shape);
});

it("an error with an unknown message still has its status and shape", () => {
  expect(failureDetail(500, "Secret 12345", "json, 80 characters")).toBe("500 (json, 80 characters)");
  expect(failureDetail(null, "", "no words")).toBe("(no words)");
});

it("a bug of ours has its location, without its message", () => {
  const mistake = new TypeError("cannot read Secret\n    at secret-file.ts:7:7\n");
  const { code, detail } = asUpstreamFailure(mistake);
  expect(code).toBe("upstream-down");
  expect(detail).toMatch(/^unexpected: TypeError at error-detail\.test\.ts:\d+$/);
  mistake.stack = "Secret";
  expect(mistakeDetail(mistake)).toBe("unexpected: TypeError");
  expect(mistakeDetail("Secret")).toBe("unexpected: not an error");
});
