/** Chaos tests: with any faults of files, streams, storage and time in two tabs, no question is lost or asked twice. */
import { assert, asyncProperty } from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endure, sequences, type Sequence } from "./testing/chaos/story-events.ts";
import { createStory } from "./testing/chaos/story.ts";
import { openTwoTabs, readBuiltFiles } from "./testing/chaos/two-tabs.ts";

/** CHAOS_RUNS sets the number of generated sequences, CHAOS_SEED their seed. */
const runs = Number(process.env["CHAOS_RUNS"] ?? 300);
const seed = Number(process.env["CHAOS_SEED"] ?? 77);

const files = readBuiltFiles();

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => void process.off("unhandledRejection", note));

/** Failure messages at the end, and uncaught errors. */
async function after(sequence: Sequence) {
  unhandled.length = 0;
  const browser = openTwoTabs(files);
  const story = createStory(browser);
  await endure(story, sequence);
  const wrong = await story.end();
  return { wrong, uncaught: [...browser.end(), ...unhandled.map(String)] };
}

const happens = (
  what: Sequence[number]["what"],
  more: Partial<Omit<Sequence[number], "what">> = {},
): Sequence[number] => ({ what, after: 0, tab: 0, milliseconds: 1, bytes: 0, times: 1, ...more });

/** Sequences that failed once, and are fixed. */
const found: Record<string, Sequence> = {
  "the first answer is lost, and so is what would tell why": [
    happens("files are missing", { times: 2 }),
    happens("a question is asked"),
    happens("answers are lost"),
    happens("requests are refused", { times: 2 }),
    happens("a question is asked"),
    happens("time passes", { milliseconds: 370 }),
  ],
  "a gateway refuses the conversation after a reload": [
    happens("a question is asked", { tab: 1 }),
    happens("a gateway says 403", { times: 5 }),
    happens("the page is reloaded", { tab: 1 }),
  ],
  "a gateway refuses to let an answer be followed after a reload": [
    happens("streams are garbled and break", { times: 4, bytes: 228 }),
    happens("a question is asked", { tab: 1 }),
    happens("a gateway says 503", { after: 794, times: 4 }),
    happens("a gateway says 403", { after: 380, times: 3 }),
    happens("the page is reloaded", { after: 1_182 }),
    happens("a question is asked", { after: 528 }),
  ],
  "the service refuses a question, and the page is reloaded": [
    happens("the service refuses"),
    happens("a question is asked", { tab: 1 }),
    happens("the page is reloaded", { tab: 1 }),
  ],
  "the service refuses two questions, and another tab asks the second again": [
    happens("the service refuses", { times: 2 }),
    happens("a question is asked"),
    happens("a question is asked"),
    happens("a question is asked", { tab: 1 }),
  ],
  "two tabs ask at the same moment, one of them again": [
    happens("the service refuses", { times: 2 }),
    happens("a question is asked", { after: 403 }),
    happens("a question is asked", { after: 1_194, tab: 1 }),
  ],
  "a page comes while there is no network, and there is one soon": [
    happens("a question is asked"),
    happens("files are late"),
    happens("the page is reloaded"),
    happens("time passes", { milliseconds: 6_338 }),
    happens("the network is gone for a while", { after: 300, milliseconds: 17_315 }),
  ],
  "the storage refuses to tell what it holds, and the stream breaks": [
    happens("a question is asked"),
    happens("every stream breaks", { after: 300 }),
    happens("the storage refuses"),
    happens("the storage forgets", { after: 300 }),
  ],
  "nobody answers, and nobody answers why": [
    happens("requests meet silence", { times: 3 }),
    happens("a question is asked"),
    happens("a quarter of an hour passes"),
  ],
};

it.each(Object.entries(found))("loses no question and asks none twice when %s", async (_name, sequence) => {
  expect(await after(sequence)).toEqual({ wrong: null, uncaught: [] });
});

it(
  `leaves every question answered or explained, and asked once (seed ${seed})`,
  async () => {
    const holds = asyncProperty(sequences, async (sequence) => {
      expect(await after(sequence)).toEqual({ wrong: null, uncaught: [] });
    });
    await assert(holds, { numRuns: runs, seed });
  },
  // On a busy machine; alone it takes half a minute.
  1_800_000,
);
