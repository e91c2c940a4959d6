/** What keeping events costs, and that each stays what it was. */
import { expect, it } from "vitest";
import { eventBytes, textIn } from "./event-bytes.ts";

it("an event keeps alive little more than its own bytes, whatever else is made beside it", () => {
  const text = "é".repeat(500);
  const events: Uint8Array[] = [];
  for (let id = 1; id <= 300; id++) {
    events.push(eventBytes(id, "delta", { text }));
    Buffer.from("x".repeat(1000));
  }
  const memories = new Set(events.map(({ buffer }) => buffer));
  const held = [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect(held).toBeLessThan(1.2 * events.reduce((sum, { length }) => sum + length, 0));
});

it.each([0, 1, 4000, 20_000, 100_000])("events of %i characters do not run into each other", (length) => {
  const texts = ["a", "é", "語", "🥐"].map((letter) => letter.repeat(length));
  const events = texts.map((text, index) => eventBytes(index, "delta", { text }));
  expect(events.map(textIn)).toEqual(texts);
});
