/** Whatever happens to files, streams, storage and time, in two tabs and in any order: no question is lost, or asked twice. */
import { assert, asyncProperty } from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endure, sequences, type Sequence } from "./testing/chaos/happenings.ts";
import { createStory } from "./testing/chaos/story.ts";
import { openTwoTabs, readBuiltFiles } from "./testing/chaos/two-tabs.ts";

/** CHAOS_RUNS plays more sequences, CHAOS_SEED others. */
const runs = Number(process.env["CHAOS_RUNS"] ?? 300);
const seed = Number(process.env["CHAOS_SEED"] ?? 77);

const files = readBuiltFiles();

const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);
beforeAll(() => void process.on("unhandledRejection", note));
afterAll(() => void process.off("unhandledRejection", note));

/** What is wrong when it is over, and what nobody caught. */
async function after(sequence: Sequence) {
  unhandled.length = 0;
  const browser = openTwoTabs(files);
  const story = createStory(browser);
  await endure(story, sequence);
  const wrong = await story.end();
  return { wrong, uncaught: [...browser.end(), ...unhandled.map(String)] };
}

it(`leaves every question answered or explained, and asked once (seed ${seed})`, async () => {
  const holds = asyncProperty(sequences, async (sequence) => {
    expect(await after(sequence)).toEqual({ wrong: null, uncaught: [] });
  });
  await assert(holds, { numRuns: runs, seed });
}, 1_200_000);
