/** Meaning of frames without a status. */
import { describe, expect, it } from "vitest";
import { createAnswerReader } from "./answer-reader.ts";
import { createAnswerText } from "./answer-text.ts";
import { createKeyGuard } from "../redact-key.ts";
import { key } from "../testing/client.ts";

function read(...bodies: object[]) {
  const deltas: string[] = [];
  const reader = createAnswerReader(createAnswerText(createKeyGuard(key), (text) => deltas.push(text)));
  for (const body of bodies) reader.frame({ event: "", data: JSON.stringify(body) });
  reader.end();
  return { text: deltas.join(""), ...reader.state() };
}

describe("a frame without a status", () => {
  it.each<object>([
    { error: true, message: "SQLSTATE[HY000]" },
    { status: 500, message: "Server Error" },
    { code: 500, message: "Server Error" },
    { success: false, message: "Server Error" },
    { message: "Server Error", exception: "QueryException", trace: [] },
    { message: "The given data was invalid.", errors: { prompt: ["too long"] } },
  ])("with an error's fields is an error, and its message is no part of the answer: %j", (body) => {
    expect(read({ content: "We open " }, body)).toMatchObject({
      text: "We open ",
      over: true,
      error: { words: expect.any(String) },
    });
  });

  it.each<object>([
    { message: "text" },
    { message: "text", error: null, errors: [], code: 200, success: true },
    { content: "text", error: false, exception: null },
  ])("without them is a piece of the answer: %j", (body) => {
    expect(read(body)).toMatchObject({ text: "text", error: null, over: false });
  });
});
