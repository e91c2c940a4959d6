/** Tests of how long a response's head is held back. */
import { describe, expect, it } from "vitest";
import { createManualTime, settled } from "../testing/manual-time.ts";
import { untilAnswering, untilEnded } from "./wait-for-turn.ts";
import { Turn } from "./turn.ts";

function waiting(patience: { max?: number; afterOpening?: number }) {
  const time = createManualTime();
  const turn = new Turn({ prompt: "a" });
  const state = { over: false };
  const visit = new AbortController();
  const { signal: left } = visit;
  void untilAnswering(turn, time.schedule, { left, ...patience }).then(() => (state.over = true));
  return { time, turn, state, leave: () => visit.abort() };
}

describe("waiting for an answer to begin", () => {
  it("ends with the first piece of text", async () => {
    const { turn, state } = waiting({});
    await settled();
    expect(state.over).toBe(false);
    turn.write("At");
    await settled();
    expect(state.over).toBe(true);
  });

  it("ends when the turn does", async () => {
    const { turn, state } = waiting({});
    turn.fail({ code: "upstream-down", message: "down" });
    await settled();
    expect(state.over).toBe(true);
  });

  it("ends after the longest wait", async () => {
    const { time, state } = waiting({ max: 5000 });
    await time.pass(4999);
    expect(state.over).toBe(false);
    await time.pass(1);
    await settled();
    expect(state.over).toBe(true);
  });

  it("ends shortly after the conversation is known, counted from then and not from the start", async () => {
    const { time, turn, state } = waiting({ afterOpening: 250 });
    await time.pass(60_000);
    expect(state.over).toBe(false);
    turn.open({ conversation: "c", visitor: "v" });
    await time.pass(249);
    expect(state.over).toBe(false);
    await time.pass(1);
    await settled();
    expect(state.over).toBe(true);
  });

  it("ends when the waiting client disconnects, and leaves nothing behind", async () => {
    const { time, turn, state, leave } = waiting({ max: 5000, afterOpening: 250 });
    turn.open({ conversation: "c", visitor: "v" });
    expect(time.waiting()).toBe(2);
    leave();
    await settled();
    expect(state.over).toBe(true);
    expect(time.waiting()).toBe(0);
  });

  it("is over at once for a client that has disconnected before", async () => {
    const turn = new Turn({ prompt: "a" });
    await untilEnded(turn, createManualTime().schedule, AbortSignal.abort());
    expect(turn.ending).toBeNull();
  });

  it("is over at once for a turn that answers already", async () => {
    const turn = new Turn({ prompt: "a" });
    turn.write("At");
    const { signal: left } = new AbortController();
    await untilAnswering(turn, createManualTime().schedule, { left });
    turn.finish(null);
    await untilEnded(turn, createManualTime().schedule, left);
    expect(turn.answering).toBe(true);
  });
});
