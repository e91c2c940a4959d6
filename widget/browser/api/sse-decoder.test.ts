import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StreamEvent } from "../../../proxy/protocol/events.ts";
import { createEventStreamDecoder } from "./sse-decoder.ts";
import { bytesOf } from "../testing/byte-proxy.ts";

const events: StreamEvent[] = [
  { id: 1, event: "conversation", data: { conversation: "c1", visitor: "v1" } },
  { id: 2, event: "delta", data: { text: "Größe: 🎉\n\n- 日本" } },
  { id: 3, event: "delta", data: { text: " " } },
  {
    id: 4,
    event: "citations",
    data: [{ id: "1", title: "Ü", url: "https://a.example/", description: null, image: null }],
  },
  { id: 5, event: "done", data: { message: "m1" } },
];

function openDecoder() {
  const heard: StreamEvent[] = [];
  return { heard, ...createEventStreamDecoder((event) => heard.push(event)) };
}

function decode(...pieces: Uint8Array[]): StreamEvent[] {
  const { heard, push } = openDecoder();
  for (const piece of pieces) push(piece);
  return heard;
}

const text = (...lines: string[]) => decode(new TextEncoder().encode(lines.join("\n")));

describe("the event stream", () => {
  it("is decoded alike for all line ends, and split at any byte", () => {
    for (const lineEnd of ["\n", "\r\n", "\r"]) {
      const bytes = bytesOf(events, lineEnd);
      for (let cut = 0; cut <= bytes.length; cut++)
        expect(decode(bytes.slice(0, cut), bytes.slice(cut))).toEqual(events);
    }
  });

  it("is decoded alike byte by byte, and in any pieces", () => {
    const bytes = bytesOf(events, "\r\n");
    expect(decode(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(events);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
        const places = [0, ...cuts.sort((one, other) => one - other), bytes.length];
        const pieces = places.slice(1).map((place, index) => bytes.slice(places[index], place));
        expect(decode(...pieces)).toEqual(events);
      }),
    );
  });

  it("transports any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (piece) => {
        const said: StreamEvent = { id: 7, event: "delta", data: { text: piece } };
        expect(decode(bytesOf([said]))).toEqual([said]);
      }),
    );
  });

  it("emits no incomplete event", () => {
    const bytes = bytesOf(events.slice(0, 1));
    expect(decode(bytes.slice(0, -1))).toEqual([]);
  });

  it("skips comments, unknown fields and unknown events with any content", () => {
    const heard = text(
      ":",
      ": hello",
      "retry: 10",
      "strange",
      "",
      "id: 7",
      "event: weather",
      'data: {"text":"rain"}',
      "",
      "id: 8",
      "event: weather",
      "data: not json",
      "",
      "event: weather",
      "",
      "data: said without a name",
      "",
      "id: 9",
      "event: delta",
      'data: {"text":',
      'data: "two lines"}',
      "",
      "",
    );
    expect(heard).toEqual([{ id: 9, event: "delta", data: { text: "two lines" } }]);
  });

  it.each<[what: string, lines: string[]]>([
    ["data that are no JSON", ["id: 2", "event: delta", "data: not json"]],
    ["half of the data", ["id: 2", "event: delta", 'data: {"text":"pie']],
    ["no data", ["id: 2", "event: delta"]],
    ["data of another kind", ["id: 2", "event: delta", 'data: {"text":4}']],
    ["sources that are no list", ["id: 2", "event: citations", "data: {}"]],
    ["an end that says nothing", ["id: 2", "event: done", "data:"]],
    ["a problem without a code", ["id: 2", "event: problem", 'data: {"message":"…"}']],
    ["no number of its own", ["event: delta", 'data: {"text":"piece"}']],
    ["a garbled number", ["id: x", "event: delta", 'data: {"text":"piece"}']],
  ])("throws at a known event with %s", (_what, lines) => {
    const { heard, push } = openDecoder();
    push(bytesOf(events.slice(0, 1)));
    const all = [...lines, "", "id: 3", "event: delta", 'data: {"text":"later"}', "", ""];
    expect(() => push(new TextEncoder().encode(all.join("\n")))).toThrow(/garbled/);
    expect(heard).toEqual(events.slice(0, 1));
  });

  it("throws at bytes that are not UTF-8", () => {
    const { heard, push } = openDecoder();
    const bytes = bytesOf(events.slice(0, 2));
    bytes[bytes.indexOf(0xc3)] = 0xff;
    expect(() => push(bytes)).toThrow(TypeError);
    expect(heard).toEqual([]);
  });

  it("gives a source no URL other than http and https", () => {
    const [heard] = text(
      "id: 1",
      "event: citations",
      'data: [{"id":"1","title":"T","url":"javascript:alert(1)"},{"title":"no id"},null]',
      "",
      "",
    );
    expect(heard?.data).toEqual([{ id: "1", title: "T", url: null, description: null, image: null }]);
  });

  it("reads an unknown problem code as `upstream-down`", () => {
    const [heard] = text("id: 1", "event: problem", 'data: {"code":"brand-new","retryAfter":5}', "", "");
    expect(heard).toMatchObject({ event: "problem", data: { code: "upstream-down", retryAfter: 5 } });
  });
});
