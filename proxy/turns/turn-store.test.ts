/** How long and how many turns are kept. */
import { describe, expect, it } from "vitest";
import { createManualTime } from "../testing/manual-time.ts";
import { TurnStore } from "./turn-store.ts";

const problem = { code: "answer-cut", message: "cut" } as const;

function storeOf(most = 3) {
  const time = createManualTime();
  return { time, store: new TurnStore({ most, keep: 600_000, schedule: time.schedule }) };
}

describe("the turn store", () => {
  it("finds a turn under each of its keys, for a while after its end", async () => {
    const { store, time } = storeOf();
    const turn = store.begin("new", "a");
    if (turn) store.alsoKnownAs("in conversation", turn);
    await time.pass(3_600_000);
    expect(store.find("new")).toBe(turn);
    turn?.finish(null);
    await time.pass(599_000);
    expect(store.find("in conversation")).toBe(turn);
    await time.pass(2_000);
    expect(store.find("new")).toBeUndefined();
    expect(store.find("in conversation")).toBeUndefined();
  });

  it("drops the oldest ended turn when it is full, and refuses when all are running", () => {
    const { store } = storeOf();
    for (const key of ["1", "2", "3"]) store.begin(key, key);
    expect(store.begin("4", "4")).toBeNull();
    store.find("2")?.finish(null);
    store.find("1")?.finish(null);
    expect(store.begin("4", "4")).not.toBeNull();
    expect(store.find("2")).toBeUndefined();
    expect(store.find("1")).toBeDefined();
    expect(store.find("3")).toBeDefined();
  });

  it("puts a new turn in the place of an ended one, whose time then takes nothing away", async () => {
    const { store, time } = storeOf();
    store.begin("1", "a")?.fail(problem);
    const second = store.begin("1", "a");
    await time.pass(700_000);
    expect(store.find("1")).toBe(second);
  });

  it("lets go of everything that belongs to a turn it drops", async () => {
    const { store, time } = storeOf(1);
    for (const key of ["1", "2", "3"]) store.begin(key, key)?.finish(null);
    expect(time.waiting()).toBe(1);
    await time.pass(600_000);
    expect(time.waiting()).toBe(0);
  });

  it("forgets a conversation's turns and stops the one that runs", () => {
    const { store } = storeOf();
    const running = store.begin("in a 1", "a");
    const ended = store.begin("in a 2", "a");
    ended?.finish(null);
    store.begin("in b 1", "a");
    store.forget("in a ");
    expect([store.find("in a 1"), store.find("in a 2")]).toEqual([undefined, undefined]);
    expect(running?.signal.aborted).toBe(true);
    expect(store.find("in b 1")?.ending).toBeNull();
  });
});

describe("shutting down", () => {
  it("begins nothing new and waits for the running turns", async () => {
    const { store, time } = storeOf();
    const turn = store.begin("1", "a");
    let drained = false;
    const draining = store.drain(10_000, problem).then(() => (drained = true));
    expect(store.accepting).toBe(false);
    expect(store.begin("2", "a")).toBeNull();
    await time.pass(5000);
    expect(drained).toBe(false);
    turn?.finish(null);
    await draining;
    expect(turn?.ending?.kind).toBe("answered");
  });

  it("ends what has not ended in time, and says that it was cut", async () => {
    const { store, time } = storeOf();
    const turns = ["1", "2"].map((key) => store.begin(key, key));
    const draining = store.drain(10_000, problem);
    await time.pass(10_000);
    await draining;
    for (const turn of turns) expect(turn?.ending).toEqual({ kind: "failed", problem });
  });
});
