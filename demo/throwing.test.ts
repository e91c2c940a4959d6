/** Any one of the widget's own functions that draw nothing throws once: the visitor keeps the question, comes to the answer, and asked once. */
import { sample, shuffledSubarray } from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./testing/tab/stage.ts";
import type { Visitor } from "./testing/tab/visitor.ts";
import { buildThrowingChat, called, type ThrowingChat } from "./testing/throwing-chat.ts";

/** THROW=all has each function throw in turn, some minutes; else so many of them, others with another THROW_SEED. */
const wanted = process.env["THROW"] ?? "";
const seed = Number(process.env["THROW_SEED"] ?? 1);

/** Scenes played on one stage before another is set. */
const scenesOnStage = 10;

let chat: ThrowingChat;
beforeAll(async () => {
  chat = await buildThrowingChat();
}, 120_000);

/** Which function throws, and what was called since that was decided. */
const trap = { name: "", seen: new Set<string>() };

function arm(name: string): void {
  trap.name = name;
  trap.seen.clear();
}

const members = {
  [called](name: string, value: unknown): unknown {
    trap.seen.add(name);
    if (name !== trap.name) return value;
    trap.name = "";
    throw new Error(`thrown by ${name}`);
  },
};

const setStage = () =>
  openStage(async (address) => {
    const text = chat.files.get(new URL(address).pathname);
    if (text === undefined) throw new Error(`There is no ${address}.`);
    return text;
  }, members);

/** Asks in an open chat until it is answered; returns what is wrong with it. */
async function ask({ service }: Stage, visitor: Visitor, question: string): Promise<string | null> {
  await visitor.send(question);
  await visitor.until(() => visitor.has(question), 2_000);
  if (!visitor.has(question)) return "the question is lost";
  const failed = await visitor.pursue(() => visitor.isAnswered(question));
  if (failed) return failed;
  return wrongWith(service.asked, visitor, question);
}

function wrongWith(asked: ReadonlyMap<string, number>, visitor: Visitor, question: string): string | null {
  const times = asked.get(question) ?? 0;
  if (times !== 1) return `asked ${times} times`;
  const shown = visitor.shown(question);
  return shown === 1 ? null : `shown ${shown} times`;
}

type Scene = {
  /** How many functions throw, if not all. */
  readonly most: number;
  readonly mayThrow: (name: string) => boolean;
  /** Returns what went wrong. */
  readonly play: (stage: Stage, question: string, name: string) => Promise<string | null>;
};

/** What is thrown before there is a chat leaves none: nothing to keep, and nothing sent. */
const isInTag = (name: string) => chat.inTag.has(name.split(" ")[0] ?? "");

/** What fails while it is drawn is another test's (`widget/view/boundary.test.tsx`). */
const isDrawn = (name: string) => name.startsWith("view/");

const scenes: Record<string, Scene> = {
  "a chat is opened and asked": {
    most: 30,
    mayThrow: () => true,
    async play(stage, question, name) {
      const visitor = await stage.load();
      arm(name);
      if (!visitor.isOpen()) visitor.press('[part~="launcher"]');
      return (await visitor.pursue(visitor.isOpen)) ?? ask(stage, visitor, question);
    },
  },
  "one more question is asked": {
    most: 80,
    mayThrow: () => true,
    async play(stage, question, name) {
      const visitor = await stage.opened();
      arm(name);
      return ask(stage, visitor, question);
    },
  },
  "a conversation is brought back and goes on": {
    most: 20,
    mayThrow: (name) => !isInTag(name),
    async play(stage, question, name) {
      const earlier = question.replace("Question", "Earlier");
      const failed = await ask(stage, await stage.opened(), earlier);
      arm(name);
      const visitor = await stage.load();
      return (
        failed ??
        (await visitor.pursue(visitor.isOpen)) ??
        (await visitor.pursue(() => visitor.isAnswered(earlier))) ??
        wrongWith(stage.service.asked, visitor, earlier) ??
        ask(stage, visitor, question)
      );
    },
  },
};

describe.each(Object.entries(scenes))(`while %s (seed ${seed})`, (_name, { most, mayThrow, play }) => {
  it("a function that throws once costs no question, asks none twice, and leaves a way on", async () => {
    let stage = setStage();
    let played = 0;
    const next = () => `Question ${String(++played).padStart(4, "0")}`;
    // Once with all files still to come, and once with all there.
    for (const once of ["first", "second"]) expect(await play(stage, next(), ""), once).toBeNull();
    const seen = [...trap.seen].filter((name) => mayThrow(name) && !isDrawn(name));
    expect(seen.length).toBeGreaterThan(200);
    const count = wanted === "all" ? seen.length : Math.min(Number(wanted || most), seen.length);
    const some = shuffledSubarray(seen, { minLength: count, maxLength: count });
    const failures: string[] = [];
    for (const name of sample(some, { numRuns: 1, seed }).flat()) {
      if (played % scenesOnStage === 0) {
        stage.close();
        stage = setStage();
      }
      const wrong = await play(stage, next(), name);
      if (wrong === null) continue;
      failures.push(`${name}: ${wrong.slice(0, 300)}`);
      stage.close();
      stage = setStage();
    }
    stage.close();
    expect(failures).toEqual([]);
  }, 1_200_000);
});
