/** Tests of when a transcript is fetched, and when the cached one is returned. */
import { expect, it } from "vitest";
import { createManualTime, settled } from "../../testing/manual-time.ts";
import { createTranscriptCache } from "./transcript-cache.ts";
import { never } from "../testing/client.ts";
import type { StoredMessage } from "../types.ts";

const message = (id: number): StoredMessage => ({
  id,
  prompt: "When?",
  answer: `At ${id}.`,
  citations: [],
  reaction: "neutral",
});

function open() {
  const time = createManualTime();
  const transcripts = createTranscriptCache(time.clock);
  const loads: (() => void)[] = [];
  const read = (session = "a") =>
    transcripts.read(session, never, async () => {
      const id = loads.length + 1;
      await new Promise<void>((resolve) => void loads.push(resolve));
      return [message(id)];
    });
  /** Reads a transcript; resolves with the number of the fetch that it came from. */
  async function told(session = "a") {
    const reading = read(session);
    await settled();
    for (const load of loads) load();
    return (await reading)[0]?.id;
  }
  return { time, transcripts, loads, read, told };
}

it("concurrent reads of a conversation are one fetch", async () => {
  const { loads, read } = open();
  const reads = Array.from({ length: 100 }, () => read());
  const other = read("b");
  await settled();
  expect(loads).toHaveLength(2);
  for (const load of loads) load();
  expect(new Set((await Promise.all(reads)).map(([first]) => first?.id))).toEqual(new Set([1]));
  expect(await other).toEqual([message(2)]);
});

it("a repeated read within moments is cached, and for longer while reads go on", async () => {
  const { time, told, loads } = open();
  for (let second = 0; second < 600; second++) {
    await told();
    await told();
    await time.pass(1000);
  }
  expect(loads.length).toBeLessThan(40);
  const before = loads.length;
  await time.pass(120_000);
  await told();
  await time.pass(2000);
  await told();
  expect(loads).toHaveLength(before + 2);
});

it("a changed transcript is fetched again, also when it changed during the fetch", async () => {
  const { transcripts, loads, read, told } = open();
  expect(await told()).toBe(1);
  expect(await told()).toBe(1);
  transcripts.changed("b");
  expect(await told()).toBe(1);
  transcripts.changed("a");
  const old = read();
  await settled();
  transcripts.changed("a");
  expect(await told()).toBe(3);
  expect((await old)[0]?.id).toBe(2);
  expect(await told()).toBe(3);
  expect(loads).toHaveLength(3);
});

it("a failed fetch is not cached", async () => {
  const { transcripts, told } = open();
  const failing = transcripts.read("a", never, () => Promise.reject(new Error("away")));
  await expect(failing).rejects.toThrow("away");
  expect(await told()).toBe(1);
});
