/** Tests of turns on several instances, also when one of them or Redis goes away. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Refused } from "../../http/errors.ts";
import { turnId } from "../../testing/fake-proxy.ts";
import { citation } from "../../testing/fake-upstream.ts";
import { startCluster, type Cluster, type KillableProxy } from "../../testing/instances.ts";
import { dumpOf } from "../../testing/redis-dump.ts";
import {
  answerOf,
  eventsOf,
  readEvents,
  readRefusal,
  toldBy,
  type ReadEvent,
} from "../../testing/read-events.ts";
import { UpstreamFailure } from "../../upstream/errors.ts";

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.close());
// A test that fails while Redis is frozen leaves none of the others waiting.
afterEach(() => cluster.server.thaw());

let turns = 1000;
const start = "/v1/agents/default/conversations";
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function pair(): Promise<[KillableProxy, KillableProxy]> {
  return [await cluster.open(), await cluster.open()];
}

/** A conversation begun on `a`, and short ways to speak about it through any instance. */
async function talking(a: KillableProxy) {
  const number = ++turns;
  const response = a.call("POST", start, { body: { prompt: "When?", turn: turnId(number) } });
  const asking = await a.asking(a.upstream.askings.length + 1);
  asking.sink.delta("At seven.");
  asking.finish(100);
  const [opened] = await readEvents(await response);
  if (opened?.event !== "conversation") throw new Error("no conversation");
  const { conversation, visitor: token } = opened.data;
  const path = `/v1/conversations/${conversation}`;
  return {
    conversation,
    token,
    ask: (by: KillableProxy, turn: number, prompt = "And on Monday?") =>
      by.call("POST", `${path}/messages`, { token, body: { prompt, turn: turnId(turn) } }),
    resume: (by: KillableProxy, turn: number, after = 0) =>
      by.call("GET", `${path}/turns/${turnId(turn)}?after=${after}`, { token }),
    stop: (by: KillableProxy, turn: number) => by.call("DELETE", `${path}/turns/${turnId(turn)}`, { token }),
    forget: (by: KillableProxy) => by.call("DELETE", path, { token }),
    transcript: (by: KillableProxy) => by.call("GET", `${path}/messages`, { token }),
  };
}

/** A question that begins a conversation. */
const begin = (by: KillableProxy, turn: number, prompt: string) =>
  by.call("POST", start, { body: { prompt, turn: turnId(turn) } });

/** Resolves when Redis has run the script of this name so many times for the instance. */
function whenRun(by: KillableProxy, script: string, times = 1): Promise<void> {
  let count = 0;
  return new Promise((resolve) => {
    by.meanwhile.set(script, () => ++count === times && resolve());
  });
}

async function readSome(response: Response, count: number): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of eventsOf(response)) if (events.push(event) === count) break;
  return events;
}

describe("the same turn, sent to two instances", () => {
  it("even at once, is one question, and both receive the same answer", async () => {
    const [a, b] = await pair();
    const { ask } = await talking(a);
    const turn = ++turns;
    const responses = [ask(a, turn), ask(b, turn), ask(a, turn), ask(b, turn)];
    const all = () =>
      [...a.upstream.askings, ...b.upstream.askings].filter(
        ({ question }) => question.prompt === "And on Monday?",
      );
    await expect.poll(() => all().length).toBe(1);
    await pause(100);
    const asked = all();
    expect(asked).toHaveLength(1);
    for (const piece of ["Closed", " on", " Mondays."]) {
      asked[0]?.sink.delta(piece);
      await pause(5);
    }
    asked[0]?.sink.citations([citation]);
    asked[0]?.finish(102);
    const told = await Promise.all(responses.map(async (response) => readEvents(await response)));
    expect(answerOf(told[0] ?? [])).toBe("Closed on Mondays.");
    for (const other of told) expect(toldBy(other)).toEqual(toldBy(told[0] ?? []));
    expect(a.admission.askers.length + b.admission.askers.length).toBe(2);
    expect(asked[0]?.question.newerThan).toBe(100);
  });

  it("when it began a conversation, gives both the same conversation and token", async () => {
    const [a, b] = await pair();
    const body = { prompt: "When?", turn: turnId(++turns) };
    const responses = [a.call("POST", start, { body }), b.call("POST", start, { body })];
    const all = () => [...a.upstream.askings, ...b.upstream.askings];
    await expect.poll(() => all().length).toBe(1);
    await pause(100);
    const [asked, ...more] = all();
    expect(more).toEqual([]);
    asked?.sink.delta("At seven.");
    asked?.finish(1);
    const [one, other] = await Promise.all(responses.map(async (response) => readEvents(await response)));
    expect(one?.[0]?.event).toBe("conversation");
    expect(other).toEqual(one);
  });

  it("is refused by both when a limit is against it, and may be sent again", async () => {
    const [a, b] = await pair();
    const { ask } = await talking(a);
    const turn = ++turns;
    a.admission.refusal = new Refused("too-many", { retryAfter: 9 });
    expect(await readRefusal(await ask(a, turn))).toMatchObject({ code: "too-many", retryAfter: 9 });
    const again = ask(b, turn);
    (await b.asking(1)).finish(103);
    expect((await again).status).toBe(200);
    expect(b.admission.ended).toBe(1);
  });

  it("may be asked again, elsewhere, only if upstream had rejected it", async () => {
    const [a, b] = await pair();
    const { ask } = await talking(a);
    const [busy, down] = [++turns, ++turns];
    const first = ask(a, busy);
    (await a.asking(2)).fail(new UpstreamFailure("upstream-busy", "429"));
    expect((await first).status).toBe(503);
    expect(a.admission.refunded).toBe(1);
    const second = ask(b, busy);
    (await b.asking(1)).finish(104);
    expect((await second).status).toBe(200);
    const third = ask(a, down);
    (await a.asking(3)).fail(new UpstreamFailure("upstream-down", "reset"));
    expect((await third).status).toBe(502);
    expect((await ask(b, down)).status).toBe(502);
    expect(b.upstream.askings).toHaveLength(1);
  });
});

describe("a turn written on another instance", () => {
  it("is followed live, from the event after the last one the reader has", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    sink.delta("Closed");
    expect((await readSome(await response, 1)).map(({ id }) => id)).toEqual([1]);
    const reading = eventsOf(await resume(b, turn, 1));
    sink.delta(" on");
    expect((await reading.next()).value).toMatchObject({ id: 2, data: { text: " on" } });
    sink.delta(" Mondays.");
    expect((await reading.next()).value).toMatchObject({ id: 3, data: { text: " Mondays." } });
    finish(102);
    expect((await reading.next()).value).toMatchObject({ id: 4, event: "done" });
    expect((await reading.next()).done).toBe(true);
  });

  it("is fetched once for any number of readers, and sent in few pieces", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    for (let piece = 0; piece < 500; piece++) sink.delta("word ");
    finish(102);
    await readEvents(await response);
    let looks = 0;
    b.meanwhile.set("turn look", () => looks++);
    const readers = await Promise.all(Array.from({ length: 5 }, () => resume(b, turn)));
    expect(looks).toBe(1);
    for (const reader of readers) {
      const events = await readEvents(reader);
      expect(answerOf(events)).toBe("word ".repeat(500));
      expect(events).toHaveLength(2);
    }
  });

  it("that failed is not fetched again by repeated requests, on any instance", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, fail } = await a.asking(2);
    sink.delta("word ".repeat(1000));
    fail(new UpstreamFailure("answer-cut", "reset"));
    await readEvents(await response);
    await readEvents(await resume(b, turn));
    const sizes: number[] = [];
    const run = b.redis.run.bind(b.redis);
    b.redis.run = async (script, keys, values) => {
      const answer = await run(script, keys, values);
      if (script.name === "turn look") sizes.push(JSON.stringify(answer).length);
      return answer;
    };
    const again = await readEvents(await resume(b, turn));
    expect(answerOf(again)).toBe("word ".repeat(1000));
    expect(answerOf(await readEvents(await ask(b, turn)))).toBe("word ".repeat(1000));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(1000);
  });

  it("is stopped through the other, before its first word too", async () => {
    const [a, b] = await pair();
    const { ask, stop, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { signal } = await a.asking(2);
    expect((await stop(b, turn)).status).toBe(204);
    await expect.poll(() => signal.aborted, { interval: 2, timeout: 500 }).toBe(true);
    const told = await readEvents(await response);
    expect(told).toEqual([{ id: 1, event: "done", data: { message: null, stopped: true } }]);
    expect(await readEvents(await resume(b, turn))).toEqual(told);
    expect((await stop(b, ++turns)).status).toBe(404);
  });

  it("keeps the conversation's next question waiting everywhere", async () => {
    const [a, b] = await pair();
    const { ask } = await talking(a);
    const response = ask(a, ++turns);
    const { finish } = await a.asking(2);
    expect(await readRefusal(await ask(b, ++turns))).toMatchObject({ code: "too-many" });
    finish(102);
    await response;
    const next = ask(b, ++turns);
    const asking = await b.asking(1);
    expect(asking.question.newerThan).toBe(102);
    asking.finish(103);
    expect((await next).status).toBe(200);
  });

  it("ends when its conversation is deleted through the other, which nothing restores", async () => {
    const [a, b] = await pair();
    const { ask, forget, transcript, resume } = await talking(a);
    const turn = ++turns;
    void ask(a, turn);
    const { signal } = await a.asking(2);
    expect((await forget(b)).status).toBe(204);
    await expect.poll(() => signal.aborted, { timeout: 500 }).toBe(true);
    for (const by of [a, b]) {
      expect((await ask(by, ++turns)).status).toBe(404);
      expect((await transcript(by)).status).toBe(404);
      expect((await resume(by, turn)).status).toBe(404);
    }
  });

  it("has a bounded number of readers", async () => {
    const [a] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    void ask(a, turn);
    await a.asking(2);
    const readers = await Promise.all(Array.from({ length: 10 }, () => resume(a, turn)));
    expect((await readRefusal(await resume(a, turn))).code).toBe("too-many");
    await readers[0]?.body?.cancel();
    expect((await resume(a, turn)).status).toBe(200);
  });
});

describe("an instance that dies", () => {
  it("leaves its answers to the next, which sends the whole of them, to present readers too", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    (await a.asking(2)).sink.delta("Closed");
    const seen = await readSome(await response, 1);
    const following = readEvents(await resume(b, turn));
    a.kill();
    const { soFar, sink, finish, question } = await b.asking(1, b.upstream.recoverings);
    expect(soFar).toBe("Closed");
    expect(question).toMatchObject({ prompt: "And on Monday?", newerThan: 100 });
    const resumed = readEvents(await resume(b, turn, seen.at(-1)?.id));
    sink.delta(" on Mondays.");
    sink.citations([citation]);
    finish(102);
    expect(answerOf(await following)).toBe("Closed on Mondays.");
    const rest = await resumed;
    expect(answerOf(rest)).toBe(" on Mondays.");
    expect(rest.map(({ event }) => event)).toEqual(["delta", "citations", "done"]);
    expect(b.upstream.askings).toEqual([]);
  }, 15_000);

  it("ends with a problem when the answer is nowhere to be found", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    void ask(a, turn);
    (await a.asking(2)).sink.delta("Closed");
    await pause(50);
    a.kill();
    const following = readEvents(await resume(b, turn));
    (await b.asking(1, b.upstream.recoverings)).fail(new UpstreamFailure("answer-cut", "not stored"));
    expect((await following).at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
  }, 15_000);

  it("may have asked before: where its answer cannot be looked for now, the next one does not ask again", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    void ask(a, turn);
    await a.asking(2);
    await pause(50);
    a.kill();
    const following = resume(b, turn).then(readEvents);
    (await b.asking(1, b.upstream.recoverings)).fail(new UpstreamFailure("upstream-busy", "queue full"));
    expect((await following).at(-1)).toMatchObject({ event: "problem", data: { code: "upstream-busy" } });
    expect((await readRefusal(await ask(b, turn))).code).toBe("upstream-busy");
    expect(b.upstream.askings).toEqual([]);
  }, 15_000);

  it("after being told to stop, hands over at once what did not end in time", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    void ask(a, turn);
    const { sink, signal } = await a.asking(2);
    sink.delta("Closed");
    const draining = a.drain(100);
    expect(
      (await readRefusal(await a.call("POST", start, { body: { prompt: "x", turn: turnId(++turns) } }))).code,
    ).toBe("upstream-busy");
    const following = readEvents(await resume(b, turn));
    await draining;
    expect(signal.aborted).toBe(true);
    const began = Date.now();
    const recovering = await b.asking(1, b.upstream.recoverings);
    expect(Date.now() - began).toBeLessThan(2500);
    recovering.sink.delta(" on Mondays.");
    recovering.finish(102);
    expect(answerOf(await following)).toBe("Closed on Mondays.");
    expect(a.admission.ended).toBe(2);
  });

  it("sends nothing that is written while it hands over: readers reconnect and receive the next one's text", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink } = await a.asking(2);
    sink.delta("Closed");
    const reading = readEvents(await response);
    a.meanwhile.set("turn hand over", () => sink.delta(" on"));
    await a.drain(10);
    const seen = await reading;
    expect(seen.map(({ event }) => event)).toEqual(["delta"]);
    const resumed = readEvents(await resume(b, turn, seen.at(-1)?.id));
    const recovering = await b.asking(1, b.upstream.recoverings);
    recovering.sink.delta(" on Mondays.");
    recovering.finish(102);
    expect(answerOf([...seen, ...(await resumed)])).toBe("Closed on Mondays.");
  });

  it("hands over a stop that is requested meanwhile, too", async () => {
    const [a, b] = await pair();
    const { ask, stop, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    (await a.asking(2)).sink.delta("Closed");
    const reading = readEvents(await response);
    a.meanwhile.set("turn hand over", async () => expect((await stop(a, turn)).status).toBe(204));
    await a.drain(10);
    expect((await reading).map(({ event }) => event)).toEqual(["delta"]);
    expect((await readEvents(await resume(b, turn))).at(-1)).toMatchObject({ data: { stopped: true } });
  });

  it("refuses requests that it cannot send the whole answer, and the next one answers the same turn", async () => {
    const [a, b] = await pair();
    const { conversation, token } = await talking(a);
    const turn = turnId(++turns);
    const whole = (by: KillableProxy) =>
      by.call("POST", `/v1/conversations/${conversation}/messages`, {
        token,
        headers: { accept: "application/json" },
        body: { prompt: "And on Monday?", turn },
      });
    const response = whole(a);
    (await a.asking(2)).sink.delta("Closed");
    await a.drain(10);
    expect((await readRefusal(await response)).code).toBe("upstream-busy");
    const again = whole(b);
    const recovering = await b.asking(1, b.upstream.recoverings);
    recovering.sink.delta(" on Mondays.");
    recovering.finish(102);
    expect(await (await again).json()).toMatchObject({ answer: "Closed on Mondays." });
  });
});

describe("an instance that is told to stop while a question is on its way", () => {
  it("refuses it before it exits, and the next one asks it", async () => {
    const [a, b] = await pair();
    const { ask } = await talking(a);
    const turn = ++turns;
    const drained = new Promise<void>((resolve) => {
      a.meanwhile.set("turn claim", () => {
        void a.drain(1000).then(resolve);
        return pause(50);
      });
    });
    const refused = ask(a, turn);
    await drained;
    const again = ask(b, turn);
    (await b.asking(1)).finish(102);
    expect((await again).status).toBe(200);
    expect((await readRefusal(await refused)).code).toBe("upstream-busy");
    expect(a.upstream.askings).toHaveLength(1);
  });
});

describe("an instance that was wrongly considered dead", () => {
  it("sends its readers no more, who reconnect and receive what the next one writes", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, signal } = await a.asking(2);
    sink.delta("Closed");
    const reading = readEvents(await response);
    const following = readEvents(await resume(b, turn));
    a.cutOff(true);
    const recovering = await b.asking(1, b.upstream.recoverings);
    a.cutOff(false);
    sink.delta(" on");
    const seen = await reading;
    expect(seen.map(({ event }) => event)).toEqual(["delta"]);
    expect(signal.aborted).toBe(true);
    const resumed = [a, b].map(async (by) => readEvents(await resume(by, turn, seen.at(-1)?.id)));
    await pause(100);
    recovering.sink.delta(" on Mondays.");
    recovering.finish(102);
    expect(answerOf(await following)).toBe("Closed on Mondays.");
    for (const rest of await Promise.all(resumed)) expect(answerOf(rest)).toBe(" on Mondays.");
  }, 20_000);

  it("goes on for readers that have received more than Redis has stored", async () => {
    const [a, b] = await pair();
    const { ask, resume, stop } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    sink.delta("Closed");
    const reading = readEvents(await response);
    const following = readEvents(await resume(b, turn));
    a.cutOff(true);
    sink.delta(" on");
    const recovering = await b.asking(1, b.upstream.recoverings);
    a.cutOff(false);
    sink.delta(" Mondays.");
    await pause(100);
    finish(102);
    expect(answerOf(await reading)).toBe("Closed on Mondays.");
    expect((await stop(a, turn)).status).toBe(204);
    recovering.sink.delta(" on Mondays.");
    recovering.finish(102);
    expect(answerOf(await following)).toBe("Closed on Mondays.");
  }, 20_000);
});

describe("Redis that goes away", () => {
  it("delays no running answer, loses none of it, and has it all once it is back", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    sink.delta("Closed");
    const reading = eventsOf(await response);
    await reading.next();
    const following = readEvents(await resume(b, turn));
    a.cutOff(true);
    sink.delta(" on");
    // Redis is back only after both have come.
    expect((await reading.next()).value).toMatchObject({ id: 2, data: { text: " on" } });
    sink.delta(" Mondays.");
    expect((await reading.next()).value).toMatchObject({ id: 3 });
    expect((await readRefusal(await ask(a, ++turns))).code).toBe("upstream-busy");
    a.cutOff(false);
    finish(102);
    expect((await reading.next()).value).toMatchObject({ id: 4, event: "done" });
    expect(answerOf(await following)).toBe("Closed on Mondays.");
  });

  it("and comes back empty receives the answer again, while it is written and after", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    sink.delta("Closed");
    const following = readEvents(await resume(b, turn));
    const reading = readEvents(await response);
    await pause(50);
    await cluster.server.kill();
    sink.delta(" on");
    await pause(100);
    await cluster.server.start();
    sink.delta(" Mondays.");
    await pause(2500);
    finish(102);
    expect(answerOf(await reading)).toBe("Closed on Mondays.");
    expect(answerOf(await following)).toBe("Closed on Mondays.");
    const c = await cluster.open();
    expect(answerOf(await readEvents(await resume(c, turn)))).toBe("Closed on Mondays.");
    expect(b.upstream.recoverings).toEqual([]);
  }, 20_000);

  it("and comes back empty before the first text is informed at once: nothing is asked twice", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    const following = readEvents(await resume(b, turn));
    await cluster.server.kill();
    await pause(100);
    await cluster.server.start();
    const c = await cluster.open();
    await expect.poll(async () => (await resume(c, turn)).status, { timeout: 5000 }).toBe(200);
    const again = ask(c, turn);
    await pause(100);
    sink.delta("Closed on Mondays.");
    finish(102);
    for (const told of [await response, await again])
      expect(answerOf(await readEvents(told))).toBe("Closed on Mondays.");
    expect(answerOf(await following)).toBe("Closed on Mondays.");
    expect([...b.upstream.askings, ...c.upstream.askings]).toEqual([]);
  }, 20_000);

  it("receives nothing afterwards of the questions that were refused meanwhile", async () => {
    const [a] = await pair();
    await talking(a);
    a.cutOff(true);
    for (let count = 0; count < 50; count++)
      expect((await readRefusal(await begin(a, ++turns, "Refused?"))).code).toBe("upstream-busy");
    const told = whenRun(a, "turn give up", 50);
    a.cutOff(false);
    await told;
    expect(JSON.stringify(await dump(a))).not.toContain("Refused?");
  });

  it("leaves no reader waiting for a claim that it stored and could not confirm", async () => {
    const [a, b] = await pair();
    const { ask } = await talking(a);
    const turn = ++turns;
    cluster.server.freeze();
    expect((await readRefusal(await ask(a, turn))).code).toBe("upstream-busy");
    a.cutOff(true);
    expect((await readRefusal(await ask(a, turn))).code).toBe("upstream-busy");
    cluster.server.thaw();
    const told = whenRun(a, "turn give up");
    a.cutOff(false);
    await told;
    await expect.poll(() => b.redis.isHere, { timeout: 5000 }).toBe(true);
    const again = ask(b, turn);
    (await b.asking(1)).finish(102);
    expect((await again).status).toBe(200);
  });

  it("receives afterwards no more answers than are kept", async () => {
    const a = await cluster.open({ redisAway: "local", turnsKept: 5 });
    await talking(a);
    a.cutOff(true);
    a.admission.refusal = new Refused("too-many", { retryAfter: 9 });
    for (let count = 0; count < 20; count++) expect((await begin(a, ++turns, "Limited?")).status).toBe(429);
    a.admission.refusal = null;
    for (let count = 0; count < 20; count++) {
      const response = begin(a, ++turns, "Meanwhile?");
      const { sink, finish } = await a.asking(count + 2);
      sink.delta("Yes.");
      finish(count);
      await readEvents(await response);
    }
    const told = whenRun(a, "turn give up", 20 + (20 - 5));
    a.cutOff(false);
    await told;
    const lying = JSON.stringify(await dump(a));
    expect(lying.split("Meanwhile?")).toHaveLength(1 + 5);
    expect(lying).not.toContain("Limited?");
  });

  it("receives the end of an answer that is no longer kept, so that no reader waits for it", async () => {
    const [, b] = await pair();
    const a = await cluster.open({ redisAway: "local", turnsKept: 1 });
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    sink.delta("Closed");
    const following = readEvents(await resume(b, turn));
    a.cutOff(true);
    sink.delta(" on Mondays.");
    finish(102);
    expect(answerOf(await readEvents(await response))).toBe("Closed on Mondays.");
    void begin(a, ++turns, "Something else?");
    await a.asking(3);
    a.cutOff(false);
    expect((await following).at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
    const again = await readEvents(await ask(b, turn));
    expect(again.at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
    expect(b.upstream.askings).toEqual([]);
  }, 20_000);

  it("is waited for only a moment, and its writer is not considered dead meanwhile", async () => {
    const [a, b] = await pair();
    const { ask, resume } = await talking(a);
    const turn = ++turns;
    const response = ask(a, turn);
    const { sink, finish } = await a.asking(2);
    sink.delta("Closed");
    const reading = eventsOf(await response);
    await reading.next();
    const following = readEvents(await resume(b, turn));
    cluster.server.freeze();
    sink.delta(" on");
    // Nothing thaws Redis before this event has come.
    expect((await reading.next()).value).toMatchObject({ id: 2 });
    await pause(4000);
    cluster.server.thaw();
    await pause(4000);
    sink.delta(" Mondays.");
    finish(102);
    expect(answerOf(await following)).toBe("Closed on Mondays.");
    expect(b.upstream.recoverings).toEqual([]);
  }, 20_000);
});

it("Redis holds nothing that opens a conversation, and nothing for ever", async () => {
  const [a] = await pair();
  const { ask } = await talking(a);
  void ask(a, ++turns);
  const { question, sink } = await a.asking(2);
  sink.delta("Closed");
  await pause(50);
  const lying = JSON.stringify(await dump(a));
  expect(lying).toContain("And on Monday?");
  expect(lying).not.toContain(question.session);
  expect(lying).not.toMatch(/visitor|v2\./);
  expect(lying).not.toContain("lives for ever");
});

const dump = (by: KillableProxy) => dumpOf(by.redis);
