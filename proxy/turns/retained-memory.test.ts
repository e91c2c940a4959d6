/** Test that kept answers are counted with the memory that they really take. */
import { randomBytes } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { TurnStore } from "./turn-store.ts";
import type { Turn } from "./turn.ts";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** Bytes that are in use: objects, and the memory of arrays. */
function used(): number {
  if (typeof collect === "function") for (let time = 0; time < 3; time++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const text = (length: number) => randomBytes(length).toString("hex").slice(0, length);

const citation = (place: number) => ({
  id: String(place),
  title: text(60),
  url: `https://www.example.com/${text(60)}`,
  description: text(160),
  image: `/v1/pictures/${text(200)}`,
});

type Answer = { pieces: number; piece: string; wantsWhole?: boolean };

function answer(turn: Turn, { pieces, piece, wantsWhole = false }: Answer): void {
  turn.open({ conversation: text(200), visitor: text(330) });
  for (let place = 0; place < pieces; place++) turn.write(piece);
  turn.cite([1, 2, 3].map(citation));
  turn.finish(text(60));
  if (wantsWhole) turn.whole({ turn: "t", conversation: "c" });
}

it.each<[string, number, Answer]>([
  ["short answers", 2000, { pieces: 20, piece: "Good day. " }],
  ["long answers in small pieces", 40, { pieces: 20_000, piece: "abcd " }],
  ["long answers in one piece", 100, { pieces: 1, piece: "Guten Tag. ".repeat(10_000) }],
  ["answers in Japanese", 100, { pieces: 5000, piece: "日本" }],
  ["answers that were wanted whole", 60, { pieces: 5000, piece: "Good day. ", wantsWhole: true }],
])("%s are counted as what they take", (_, count, given) => {
  const schedule = (_milliseconds: number, _work: () => void) => () => {};
  const store = new TurnStore({ max: 10_000, keep: 600_000, schedule });
  const before = used();
  let counted = 0;
  for (let number = 0; number < count; number++) {
    const keys = [text(190), text(190), text(150)];
    const turn = store.hold({ prompt: text(80), keys, conversation: text(150), own: true });
    if (!turn) throw new Error("The store is full.");
    answer(turn, given);
    counted += turn.size;
  }
  const taken = used() - before;
  expect(store.running()).toEqual([]);
  expect(counted / taken).toBeGreaterThan(0.9);
  expect(counted / taken).toBeLessThan(1.5);
});
