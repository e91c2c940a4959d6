/** Each of the widget's own functions throws once: the question is kept, answered, and asked once. */
import { sample, shuffledSubarray } from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/tab/stage.ts";
import { buildThrowingChat, called, type ThrowingChat } from "./testing/throwing/throwing-chat.ts";
import type { Scene } from "./testing/throwing/scene.ts";
import { scenes } from "./testing/throwing/scenes.ts";

/** THROW=all lets each function throw in turn, some minutes; otherwise a sample of them, chosen by THROW_SEED. */
const wanted = process.env["THROW"] ?? "";
const seed = Number(process.env["THROW_SEED"] ?? 1);

/** Milliseconds from one scene to the next. */
const between = 20_000;

/** Number of scenes on one stage. */
const scenesOnStage = 10;

let chat: ThrowingChat;
beforeAll(async () => {
  chat = await buildThrowingChat();
}, 120_000);

/** The function that throws, and the functions called since it was chosen. */
const trap = { name: "", seen: new Set<string>() };

const members = {
  [called](name: string, value: unknown): unknown {
    trap.seen.add(name);
    if (name !== trap.name) return value;
    trap.name = "";
    throw new Error(`thrown by ${name}`);
  },
};

const setStage = (): Stage =>
  openStage(
    async (address) => {
      const text = chat.files.get(new URL(address).pathname);
      if (text === undefined) throw new Error(`There is no ${address}.`);
      return text;
    },
    members,
    { cites: true },
  );

const isInTag = (name: string) => chat.inTag.has(name.split(" ")[0] ?? "");

/** A scene that is played repeatedly, on a new stage after a number of times. */
function openTheatre({ play }: Scene) {
  let stage = setStage();
  let played = 0;
  let onStage = 0;
  let thrown = 0;

  function setAnew(): void {
    stage.close();
    stage = setStage();
    onStage = 0;
  }

  return {
    setAnew,
    /** Number of scenes in which the chosen function was called. */
    thrown: () => thrown,
    /** Returns the failure message with this function throwing; "" for none. */
    async play(name: string): Promise<string | null> {
      if (onStage++ === scenesOnStage) setAnew();
      // Earlier failures are over.
      await stage.service.time.pass(between);
      trap.name = "";
      const arm = () => {
        trap.name = name;
        trap.seen.clear();
      };
      const wrong = await play({ stage, question: `Question ${String(++played).padStart(4, "0")}`, arm });
      if (trap.name === "") thrown++;
      if (wrong !== null) setAnew();
      return wrong;
    },
    close: () => stage.close(),
  };
}

type Theatre = ReturnType<typeof openTheatre>;

/** Functions that a scene calls before all files are loaded, and after. */
async function calledIn(theatre: Theatre): Promise<{ first: string[]; all: string[] }> {
  expect(await theatre.play(""), "with the files to come").toBeNull();
  const first = [...trap.seen];
  expect(await theatre.play(""), "with the files there").toBeNull();
  return { first: first.filter((name) => !trap.seen.has(name)), all: [...new Set([...trap.seen, ...first])] };
}

describe.each(Object.entries(scenes))(`while %s (seed ${seed})`, (_name, scene) => {
  it("a function that throws once loses no question, asks none twice, and leaves a button to continue", async () => {
    const theatre = openTheatre(scene);
    const { first, all } = await calledIn(theatre);
    const seen = all.filter((name) => !scene.hasChat || !isInTag(name));
    const count = wanted === "all" ? seen.length : Math.min(Number(wanted || scene.max), seen.length);
    const some = shuffledSubarray(seen, { minLength: count, maxLength: count });
    const found = seen.filter((name) => scene.found?.includes(name.replace(/ \d+/, "")));
    expect(found.length).toBeGreaterThanOrEqual(scene.found?.length ?? 0);
    const failures: string[] = [];
    for (const name of new Set([...found, ...sample(some, { numRuns: 1, seed }).flat()])) {
      // Functions that are called while files load are called once on a stage.
      if (first.includes(name)) theatre.setAnew();
      const wrong = await theatre.play(name);
      if (wrong !== null) failures.push(`${name}: ${wrong.slice(0, 300)}`);
    }
    theatre.close();
    expect(failures).toEqual([]);
    expect(theatre.thrown()).toBeGreaterThan(0.9 * count);
  }, 1_200_000);
});
