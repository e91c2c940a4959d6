/** Tests of content negotiation. */
import { describe, expect, it } from "vitest";
import { prefers, weightOf } from "./negotiate-accept.ts";

const json = (accept: string | undefined) => prefers(accept, "application/json", "text/event-stream");

describe("an answer's form", () => {
  it.each([
    undefined,
    "*/*",
    "text/event-stream",
    "text/event-stream, application/json",
    "application/json;q=0.5, text/event-stream",
    "text/*, application/json;q=0.9",
    "application/json;q=0",
    "application/jsonx",
    "",
  ])("is a stream for accept: %s", (accept) => expect(json(accept)).toBe(false));

  it.each([
    "application/json",
    "Application/JSON; charset=utf-8",
    "application/json, text/event-stream;q=0.5",
    "application/json, */*;q=0.1",
    "application/*",
    "application/json, text/plain, */*",
  ])("is one JSON object for accept: %s", (accept) => expect(json(accept)).toBe(true));
});

it("invalid weights count as absent", () => {
  expect(weightOf("br;q=x, gzip;q=0.5;v=1", "br")).toBe(0);
  expect(weightOf("br;q=x, gzip;q=0.5;v=1", "gzip")).toBe(0.5);
  expect(weightOf("gzip;q=7", "gzip")).toBe(1);
  expect(weightOf("gzip", "br")).toBeUndefined();
});

it("only the start of an endless header is read", () => {
  expect(weightOf(`${",".repeat(900)}br`, "br")).toBe(1);
  expect(weightOf(`${",".repeat(16_000)}br`, "br")).toBeUndefined();
  expect(json(`${",".repeat(16_000)}application/json`)).toBe(false);
});
