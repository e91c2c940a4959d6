/** Server-sent events in every spelling, cut at every place. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameReader, type Frame } from "./sse-frames.ts";

function framesOf(pieces: readonly string[]): Frame[] {
  const frames: Frame[] = [];
  const reader = createFrameReader((frame) => frames.push(frame));
  for (const piece of pieces) reader.read(piece);
  reader.end();
  return frames;
}

const events = [
  ": hello, a comment\n\n",
  "event: start\nid: 7\nretry: 10\ndata: {}\n\n",
  "data:no space\n\n",
  "data:  two spaces\n\n",
  "data: one\ndata\ndata: three\nunknown: field\n\n",
  "event: finish\n\n",
  "data: a: b\n",
].join("");

const expected: Frame[] = [
  { event: "start", data: "{}" },
  { event: "", data: "no space" },
  { event: "", data: " two spaces" },
  { event: "", data: "one\n\nthree" },
  { event: "finish", data: null },
  { event: "", data: "a: b" },
];

describe.each([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
  ["lone CR", "\r"],
])("lines that end in %s", (_, end) => {
  const text = events.replaceAll("\n", end);

  it("read the same in one piece and character by character", () => {
    expect(framesOf([text])).toEqual(expected);
    expect(framesOf(text.split(""))).toEqual(expected);
  });

  it("read the same cut in two at every place", () => {
    for (let at = 0; at <= text.length; at++) {
      expect(framesOf([text.slice(0, at), text.slice(at)]), `cut at ${at}`).toEqual(expected);
    }
  });

  it("show an event as soon as its blank line is there", () => {
    const frames: Frame[] = [];
    const reader = createFrameReader((frame) => frames.push(frame));
    reader.read(`data: now${end}${end}`);
    expect(frames).toEqual([{ event: "", data: "now" }]);
  });
});

it("ends of lines may be mixed", () => {
  expect(framesOf(["data: a\r\n\ndata: b\r\rdata: c\n\r\n"])).toEqual([
    { event: "", data: "a" },
    { event: "", data: "b" },
    { event: "", data: "c" },
  ]);
});

it("any cuts of any text give the frames of the whole", () => {
  const alphabet = fc.constantFrom("\r", "\n", "data:", "event:", " ", "x", ":");
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 40 }), (pieces) => {
      expect(framesOf(pieces)).toEqual(framesOf([pieces.join("")]));
    }),
  );
});

it("refuses a line that never ends instead of keeping it for ever", () => {
  const reader = createFrameReader(() => undefined);
  const piece = "x".repeat(1_000_000);
  expect(() => {
    for (let count = 0; count < 10; count++) reader.read(piece);
  }).toThrow("answer-cut");
});
