/** Tests of turns in one process: how long and how many are kept, and which are one. */
import { describe, expect, it } from "vitest";
import { createManualTime } from "../testing/manual-time.ts";
import { LocalConversations } from "./memory-conversations.ts";
import { LocalTurns } from "./memory-turns.ts";
import { TurnStore } from "./turn-store.ts";

const problem = { code: "answer-cut", message: "cut" } as const;

function turnsOf(max = 3, maxBytes = Infinity) {
  const time = createManualTime();
  const store = new TurnStore({ max, maxBytes, keep: 600_000, schedule: time.schedule });
  const conversations = new LocalConversations();
  const turns = new LocalTurns(store, conversations);
  const claim = (key: string, prompt = key, conversation: string | null = null) =>
    turns.claim({ key, prompt, conversation, digest: null });
  const begin = (key: string, prompt = key, conversation: string | null = null) => {
    const claimed = claim(key, prompt, conversation);
    if (claimed.kind !== "begun") throw new Error(`The turn is ${claimed.kind}.`);
    return claimed.turn;
  };
  return { time, turns, conversations, claim, begin };
}

describe("turns in one process", () => {
  it("are found under each of their keys, for a while after their end", async () => {
    const { turns, time, begin } = turnsOf();
    const turn = begin("new");
    turns.alsoKnownAs(turn, "in conversation", "c");
    await time.pass(3_600_000);
    expect(turns.find("new")).toBe(turn);
    turn.finish(null);
    await time.pass(599_000);
    expect(turns.find("in conversation")).toBe(turn);
    await time.pass(2_000);
    expect(turns.find("new")).toBeNull();
    expect(turns.find("in conversation")).toBeNull();
  });

  it("are joined by repeated requests, and never used for another question", () => {
    const { claim, begin } = turnsOf();
    const turn = begin("1", "a");
    expect(claim("1", "a")).toEqual({ kind: "joined", turn });
    expect(claim("1", "b")).toEqual({ kind: "other-question" });
  });

  it("are started again only when upstream had rejected them", () => {
    const { claim, begin } = turnsOf();
    begin("1").fail(problem);
    expect(claim("1").kind).toBe("joined");
    begin("2").fail(problem, true);
    expect(claim("2").kind).toBe("begun");
  });

  it("run one at a time in a conversation, and none in a forgotten one", () => {
    const { claim, begin, conversations } = turnsOf();
    const turn = begin("1", "a", "c");
    expect(claim("2", "b", "c")).toEqual({ kind: "busy" });
    expect(claim("2", "b", "d").kind).toBe("begun");
    turn.finish(null);
    conversations.forget("c");
    expect(claim("3", "b", "c")).toEqual({ kind: "forgotten" });
  });

  it("give way, the oldest ended one first, when there are too many, and are refused when all run", () => {
    const { turns, claim, begin } = turnsOf();
    const [one, two] = ["1", "2", "3"].map((key) => begin(key));
    expect(claim("4")).toEqual({ kind: "full" });
    two?.finish(null);
    one?.finish(null);
    expect(claim("4").kind).toBe("begun");
    expect(turns.find("2")).toBeNull();
    expect(turns.find("1")).toBe(one);
  });

  it("give way, the oldest ended one first, when they take too much memory together", () => {
    const { turns, begin } = turnsOf(10, 60_000);
    const [one, two, three, running] = ["1", "2", "3", "4"].map((key) => begin(key));
    for (const turn of [one, two, three, running]) turn?.write("x".repeat(18_000));
    for (const turn of [one, two, three]) turn?.finish(null);
    expect(["1", "2", "3", "4"].map((key) => turns.find(key))).toEqual([null, two, three, running]);
    if (two) turns.release(two, problem);
    begin("5").finish(null);
    expect(turns.find("3")).toBe(three);
  });

  it("give way, too, when an ended one takes more because it was requested as one object", () => {
    const { turns, begin } = turnsOf(10, 60_000);
    const [one, two] = ["1", "2"].map((key) => begin(key));
    for (const turn of [one, two]) {
      turn?.write("x".repeat(20_000));
      turn?.finish(null);
    }
    const asked = { turn: "2", conversation: "c" };
    const whole = two?.whole(asked);
    expect(two?.whole(asked)).toBe(whole);
    expect(["1", "2"].map((key) => turns.find(key))).toEqual([null, two]);
    // Nothing is counted that was let go of.
    one?.whole(asked);
    begin("3").finish(null);
    expect(turns.find("2")).toBe(two);
  });

  it("that are given up take no place, and requests that joined receive the problem", () => {
    const { turns, begin } = turnsOf(1);
    begin("kept").finish(null);
    const { begin: next, turns: other } = turnsOf(2);
    const kept = next("kept");
    kept.finish(null);
    for (const key of ["1", "2", "3"]) {
      const turn = next(key);
      other.release(turn, problem);
      expect(turn.ending).toEqual({ kind: "failed", problem });
    }
    expect(other.find("kept")).toBe(kept);
    expect(turns.find("kept")).not.toBeNull();
  });

  it("release everything that belongs to them when they are dropped", async () => {
    const { time, begin } = turnsOf(1);
    for (const key of ["1", "2", "3"]) begin(key).finish(null);
    expect(time.waiting()).toBe(1);
    await time.pass(600_000);
    expect(time.waiting()).toBe(0);
  });

  it("of a forgotten conversation are gone, and the one that runs is stopped", () => {
    const { turns, begin } = turnsOf();
    const ended = begin("1", "a", "c");
    ended.finish(null);
    const running = begin("2", "a", "c");
    const other = begin("3", "a", "d");
    turns.forget("c");
    expect([turns.find("1"), turns.find("2"), turns.find("3")]).toEqual([null, null, other]);
    expect(running.signal.aborted).toBe(true);
    expect(other.ending).toBeNull();
  });
});

describe("shutting down", () => {
  it("starts no new turn and waits for the running ones", async () => {
    const { turns, time, begin, claim } = turnsOf();
    const turn = begin("1");
    let drained = false;
    const draining = turns.drain(10_000, problem).then(() => (drained = true));
    expect(turns.accepting).toBe(false);
    expect(claim("2")).toEqual({ kind: "full" });
    await time.pass(5000);
    expect(drained).toBe(false);
    turn.finish(null);
    await draining;
    expect(turn.ending?.kind).toBe("answered");
  });

  it("ends what has not ended in time, and says that it was cut", async () => {
    const { turns, time, begin } = turnsOf();
    const running = ["1", "2"].map((key) => begin(key));
    const draining = turns.drain(10_000, problem);
    await time.pass(10_000);
    await draining;
    for (const turn of running) expect(turn.ending).toEqual({ kind: "failed", problem });
  });
});
