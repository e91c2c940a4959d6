/** Tests of what a connection reads of a turn. */
import { describe, expect, it } from "vitest";
import { createManualTime, settled } from "../testing/manual-time.ts";
import { answerOf, readEvents } from "../testing/read-events.ts";
import { turnStream } from "./turn-stream.ts";
import { Turn } from "./turn.ts";

const time = createManualTime();
const cut = { code: "answer-cut", message: "cut" } as const;

function streamOf(turn: Turn, after = 0, { schedule } = time) {
  return turnStream(turn, { after, schedule, heartbeat: 15_000 });
}

const eventsOf = (turn: Turn, after = 0) => readEvents(new Response(streamOf(turn, after)));

function answeredTurn(): Turn {
  const turn = new Turn({ prompt: "a" });
  turn.open({ conversation: "c", visitor: "v" });
  for (const piece of ["At ", "seven", "."]) turn.write(piece);
  turn.cite([{ id: "1", title: "Hours", url: null, description: null, image: null }]);
  turn.finish("m");
  return turn;
}

describe("a finished turn", () => {
  it("is sent whole, with rising ids and consecutive pieces as one", async () => {
    const events = await eventsOf(answeredTurn());
    expect(events.map(({ id, event }) => `${id} ${event}`)).toEqual([
      "1 conversation",
      "4 delta",
      "5 citations",
      "6 done",
    ]);
    expect(answerOf(events)).toBe("At seven.");
  });

  it("is sent from the event after the reader's last one", async () => {
    expect((await eventsOf(answeredTurn(), 3)).map(({ id }) => id)).toEqual([4, 5, 6]);
  });

  it("always sends its end, even to a reader that has it or claims to be further", async () => {
    for (const after of [6, 7, 999_999_999])
      expect((await eventsOf(answeredTurn(), after)).map(({ id }) => id)).toEqual([6]);
  });

  it("is passed on in few pieces", async () => {
    const turn = new Turn({ prompt: "a" });
    for (let piece = 0; piece < 1000; piece++) turn.write("word ");
    turn.finish(null);
    let pieces = 0;
    for await (const _ of streamOf(turn)) pieces++;
    expect(pieces).toBeLessThan(10);
  });
});

describe("a turn being written", () => {
  it("is followed live by any number of readers, each from its position", async () => {
    const turn = new Turn({ prompt: "a" });
    turn.write("At ");
    const early = eventsOf(turn);
    await settled();
    turn.write("seven");
    const late = eventsOf(turn, 1);
    await settled();
    turn.write(".");
    turn.finish("m");
    expect(answerOf(await early)).toBe("At seven.");
    expect(answerOf(await late)).toBe("seven.");
  });

  it("reaches a waiting reader piece by piece, not when it is done", async () => {
    const turn = new Turn({ prompt: "a" });
    const reader = streamOf(turn).getReader();
    const first = reader.read();
    turn.write("At ");
    expect(new TextDecoder().decode((await first).value)).toBe(
      'id: 1\nevent: delta\ndata: {"text":"At "}\n\n',
    );
    await reader.cancel();
  });

  it("goes on when a reader leaves", async () => {
    const turn = new Turn({ prompt: "a" });
    const reader = streamOf(turn).getReader();
    void reader.read();
    await reader.cancel();
    expect(turn.signal.aborted).toBe(false);
    turn.write("At seven.");
    turn.finish(null);
    expect(answerOf(await eventsOf(turn))).toBe("At seven.");
  });

  it("costs nothing for a reader that does not read", async () => {
    const turn = new Turn({ prompt: "a" });
    const reader = streamOf(turn).getReader();
    for (let piece = 0; piece < 500; piece++) turn.write("x".repeat(100));
    const { value } = await reader.read();
    expect(value?.length).toBeLessThan(20_000);
    turn.finish(null);
    await reader.cancel();
  });

  it("ends with a problem that its readers receive", async () => {
    const turn = new Turn({ prompt: "a" });
    turn.write("At");
    const reading = eventsOf(turn);
    turn.fail(cut);
    expect((await reading).at(-1)).toEqual({ id: 2, event: "problem", data: cut });
  });
});

describe("a silent stream", () => {
  it("gets regular comment lines until the turn ends", async () => {
    const time = createManualTime();
    const turn = new Turn({ prompt: "a" });
    const reading = new Response(streamOf(turn, 0, time)).text();
    await time.pass(45_000);
    turn.finish(null);
    await time.pass(45_000);
    expect(await reading).toBe(':\n\n:\n\n:\n\nid: 1\nevent: done\ndata: {"message":null}\n\n');
  });
});

describe("a turn's end", () => {
  it("is final: nothing later is sent", async () => {
    const turn = new Turn({ prompt: "a" });
    turn.write("At");
    turn.stop();
    turn.write(" seven");
    turn.finish("m");
    turn.fail(cut);
    expect((await eventsOf(turn)).slice(1)).toEqual([
      { id: 2, event: "done", data: { message: null, stopped: true } },
    ]);
    expect(turn.signal.aborted).toBe(true);
  });

  it("comes as a problem when the answer grows without bound", async () => {
    const turn = new Turn({ prompt: "a", largest: 10_000 });
    for (let piece = 0; piece < 1000; piece++) turn.write("x".repeat(100));
    expect((await eventsOf(turn)).at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
    expect(turn.signal.aborted).toBe(true);
    expect(turn.log.count).toBeLessThan(100);
  });
});
