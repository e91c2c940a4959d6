/** Tests of what readers receive of a turn's events, for any pieces and positions. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createParser } from "eventsource-parser";
import { joined } from "./encode-event.ts";
import { EventLog } from "./event-log.ts";

type Read = { id: number; event: string; data: string };

/** Everything after that event, read in pieces of about so many bytes. */
function readFrom(log: EventLog, after: number, largest: number): Read[] {
  const events: Read[] = [];
  const parser = createParser({
    onEvent: ({ id = "", event = "", data }) => void events.push({ id: Number(id), event, data }),
  });
  let last = after;
  for (let excerpt = log.read(last, largest); excerpt; excerpt = log.read(last, largest)) {
    parser.feed(new TextDecoder().decode(joined(excerpt.parts)));
    last = excerpt.last;
  }
  return events;
}

const textOf = (events: readonly Read[]) =>
  events.map(({ event, data }) => (event === "delta" ? String(JSON.parse(data).text) : "")).join("");

function logOf(pieces: readonly string[]): EventLog {
  const log = new EventLog();
  log.add("conversation", '{"conversation":"c","visitor":"v"}');
  for (const text of pieces) log.add("delta", JSON.stringify({ text }));
  log.add("citations", "[]");
  log.add("done", '{"message":"é"}');
  return log;
}

describe("an answer in many small pieces", () => {
  const pieces = Array.from({ length: 20_000 }, (_, place) => `${place} `);

  it("is sent in few events, each small enough to be repeated when it was cut", () => {
    const events = readFrom(logOf(pieces), 0, 65_536);
    expect(textOf(events)).toBe(pieces.join(""));
    expect(events.length).toBeLessThan(15);
    expect(Math.max(...events.map(({ data }) => data.length))).toBeLessThan(17_000);
  });

  it("takes little more memory than its text", () => {
    const log = logOf(pieces);
    log.trim();
    expect(log.size).toBeLessThan(pieces.join("").length + 4 * pieces.length + 2000);
  });

  it("is passed on as views of one buffer, however many read it", () => {
    const log = logOf(["a".repeat(10_000)]);
    const memory = () => {
      const text = log.read(0, 65_536)?.parts.find((part) => part.length > 9000);
      return typeof text === "string" ? null : text?.buffer;
    };
    expect(memory()).toBe(memory());
    expect(memory()).toBeInstanceOf(ArrayBuffer);
  });
});

it("a reader at any position receives exactly what comes after, under the same numbers", () => {
  const piece = fc.string({
    minLength: 1,
    unit: fc.constantFrom("a", '"', "\\", "\n", "é", "語", "🥐", "\ud83e", "\udd50"),
  });
  fc.assert(
    fc.property(fc.array(piece), fc.nat(40), fc.integer({ min: 1, max: 60 }), (pieces, from, largest) => {
      const log = logOf(pieces);
      const after = Math.min(from, log.count);
      const events = readFrom(log, after, largest);
      const told = pieces.slice(Math.max(0, after - 1)).join("");
      expect(textOf(events)).toBe(told);
      expect(events.map(({ id }) => id)).toEqual(events.map(({ id }) => id).toSorted((a, b) => a - b));
      expect(events.at(-1)?.id ?? after).toBe(log.count);
      expect(Array.from(log.after(after))).toHaveLength(log.count - after);
      expect(log.text).toBe(pieces.join(""));
    }),
  );
});

it("each event by itself is what was added, for those who keep a copy", () => {
  const log = logOf(["At ", "seven"]);
  expect(Array.from(log.after(1), ({ event, json }) => `${event} ${json}`)).toEqual([
    'delta {"text":"At "}',
    'delta {"text":"seven"}',
    "citations []",
    'done {"message":"é"}',
  ]);
});

it("what a reader received stays unchanged while the answer grows", () => {
  const log = new EventLog();
  log.add("delta", '{"text":"first"}');
  const parts = log.read(0, 1000)?.parts ?? [];
  for (let piece = 0; piece < 1000; piece++) log.add("delta", '{"text":"more"}');
  log.trim();
  expect(new TextDecoder().decode(joined(parts))).toBe('id: 1\nevent: delta\ndata: {"text":"first"}\n\n');
});
