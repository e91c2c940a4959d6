/** One recorded answer in every variant, cut at every byte, with the same result. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAnswerBody } from "./answer-body.ts";
import { createAnswerReader } from "./answer-reader.ts";
import { createAnswerText } from "./answer-text.ts";
import { UpstreamFailure } from "../errors.ts";
import { createKeyGuard } from "../redact-key.ts";
import { key } from "../testing/client.ts";
import { answer, begun, citations, messageId, pieces, sameAnswer, withoutId } from "../testing/variants.ts";
import { TransportFailure } from "../transport/types.ts";

async function read(chunks: Iterable<Uint8Array>, broken?: Error) {
  const deltas: string[] = [];
  const text = createAnswerText(createKeyGuard(key), (delta) => deltas.push(delta));
  const reader = createAnswerReader(text);
  async function* body() {
    yield* chunks;
    if (broken) throw broken;
  }
  const thrown = await readAnswerBody(body(), reader).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (thrown === null) text.complete();
  return { text: deltas.join(""), deltas, thrown, ...reader.state() };
}

const bytesOf = (text: string) => new TextEncoder().encode(text);

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [0, ...[...places].sort((a, b) => a - b), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

describe.each(Object.entries(sameAnswer))("%s", (_, stream) => {
  const bytes = bytesOf(stream);
  const expected = { text: answer, finished: true, message: messageId, citations };

  it("gives the recorded answer", async () => {
    expect(await read([bytes])).toMatchObject(expected);
  });

  it("gives it byte by byte", async () => {
    expect(await read(cut(bytes, [...bytes.keys()]))).toMatchObject(expected);
  });

  it("gives it cut in two at every byte", async () => {
    for (let at = 1; at < bytes.length; at++) {
      const { text, message, finished } = await read(cut(bytes, [at]));
      expect({ text, message, finished }, `cut at ${at}`).toEqual({
        text: answer,
        message: messageId,
        finished: true,
      });
    }
  });

  it("gives it however it is cut, and never an empty piece", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 }), async (places) => {
        const result = await read(cut(bytes, places));
        expect(result).toMatchObject(expected);
        expect(result.deltas).not.toContain("");
      }),
      { numRuns: 30 },
    );
  });
});

it.each(Object.entries(withoutId))("%s is complete but has no id", async (_, stream) => {
  for (const places of [[], [...bytesOf(stream).keys()]]) {
    expect(await read(cut(bytesOf(stream), places))).toMatchObject({
      text: answer,
      finished: true,
      message: null,
    });
  }
});

it("a stream that ends without its finish is incomplete", async () => {
  expect(await read([bytesOf(begun(pieces.length))])).toMatchObject({ text: answer, finished: false });
});

it("text before a broken connection is kept, and the break is reported", async () => {
  const broken = new TransportFailure("broken", "other side closed");
  const result = await read([bytesOf(begun(3).trimEnd())], broken);
  expect(result).toMatchObject({ text: "Grüße 👋", finished: false, thrown: broken });
});

it("a break after the finish is ignored", async () => {
  const broken = new TransportFailure("broken", "other side closed");
  const result = await read([bytesOf(sameAnswer["named events"]?.trimEnd() ?? "")], broken);
  expect(result).toMatchObject({ text: answer, finished: true, thrown: null });
});

it("an incomplete JSON body has no text", async () => {
  const body = sameAnswer["one JSON body"] ?? "";
  expect(await read([bytesOf(body.slice(0, -5))])).toMatchObject({ text: "", finished: false });
});

it("an HTML page is no answer", async () => {
  const { thrown } = await read([bytesOf("\n<!DOCTYPE html><title>Just a moment</title>")]);
  expect(thrown).toBeInstanceOf(UpstreamFailure);
  expect(thrown).toMatchObject({ code: "upstream-down" });
});

it.each([
  ["message", '{"status":"error","message":"Too many"}', "Too many", null],
  ["error as text", '{"status":"error","error":"Too many"}', "Too many", null],
  ["error as an object", '{"status":"error","error":{"message":"Too many","code":429}}', "Too many", 429],
  ["data.message", '{"status":"error","data":{"code":"429","message":"Too many"}}', "Too many", 429],
  ["error without a status", '{"error":"Too many"}', "Too many", null],
])("an error in %s ends the answer", async (_, data, words, status) => {
  const stream = `data: ${data}\n\ndata: {"status":"progress","message":"no more"}\n\n`;
  expect(await read([bytesOf(stream)])).toMatchObject({ text: "", error: { words, status }, over: true });
});

it("an error event may contain plain text", async () => {
  const result = await read([bytesOf("event: error\ndata: It broke\n\n")]);
  expect(result).toMatchObject({ error: { words: "It broke" } });
});

it("a JSON body with an error status is an error", async () => {
  const body =
    '{"status":"error","data":{"code":429,"message":"You have exhausted your current query credits."}}';
  expect(await read([bytesOf(body)])).toMatchObject({ error: { status: 429 } });
});

it("a single plain frame is text when no other frame was", async () => {
  expect(await read([bytesOf("data: Yes\n\ndata: [DONE]\n\n")])).toMatchObject({
    text: "Yes",
    finished: true,
  });
});

it("half a character at the end of a piece waits for its other half", async () => {
  const stream =
    'data: {"status":"progress","message":"\\ud83d"}\n\ndata: {"status":"progress","message":"\\udc4b!"}\n\n';
  expect((await read([bytesOf(`${stream}data: [DONE]\n\n`)])).deltas).toEqual(["👋!"]);
});

it("an answer without end is cut", async () => {
  const piece = bytesOf(`data: ${JSON.stringify({ status: "progress", message: "x".repeat(100_000) })}\n\n`);
  const { thrown } = await read(Array.from({ length: 20 }, () => piece));
  expect(thrown).toMatchObject({ code: "answer-cut" });
});

it("white space before an answer is skipped, endless white space is an error", async () => {
  const blank = bytesOf("\n".repeat(1000));
  const stream = bytesOf(sameAnswer["named events"] ?? "");
  expect(await read([blank, blank, stream])).toMatchObject({ text: answer, finished: true });
  let pieces = 0;
  function* without(): Generator<Uint8Array> {
    for (; pieces < 1000; pieces++) yield blank;
  }
  expect((await read(without())).thrown).toMatchObject({ code: "answer-cut" });
  expect(pieces).toBeLessThan(100);
});

it("sources that are repeated with each piece are bounded", async () => {
  const piece = (_: unknown, at: number) => {
    const cited = Array.from({ length: 50 }, (_, place) => 50 * at + place);
    return bytesOf(`data: ${JSON.stringify({ status: "progress", message: "x", citations: cited })}\n\n`);
  };
  const { citations: gathered, text } = await read(Array.from({ length: 40 }, piece));
  expect(text).toHaveLength(40);
  expect(gathered).toEqual(Array.from({ length: 200 }, (_, place) => place));
});
