/** Calls that reach the service behind queues and circuit breaker, while visitors come and leave and the service fails. */
import { describe, expect, it } from "vitest";
import type { Metrics } from "../../metrics/metrics.ts";
import { noMetrics } from "../../metrics/metrics.ts";
import { createFakeUpstream } from "../../testing/fake-upstream.ts";
import { createManualTime, settled } from "../../testing/manual-time.ts";
import { UpstreamFailure } from "../errors.ts";
import { withResilience, type ResilienceLogEntry, type ResilienceOptions } from "./with-resilience.ts";
import { collect, failureOf, never } from "../testing/client.ts";
import type { CallKind } from "../types.ts";

function open(options: Partial<ResilienceOptions> = {}) {
  const time = createManualTime();
  const upstream = createFakeUpstream();
  const log: ResilienceLogEntry[] = [];
  const refused: string[] = [];
  const metrics: Metrics = { ...noMetrics, upstream: (call, state) => void refused.push(`${call} ${state}`) };
  const resilient = withResilience(upstream, {
    concurrency: 2,
    queueLength: 10,
    queueMs: 5000,
    clock: time.clock,
    schedule: time.schedule,
    metrics,
    log: (entry) => log.push(entry),
    ...options,
  });
  const ask = (session: string, signal: AbortSignal = never) =>
    resilient.ask({ project: 7, session, prompt: `from ${session}` }, collect().sink, signal);
  const failing = (call: CallKind, code: "upstream-down" | "upstream-busy", retryAfter?: number) =>
    upstream.failing.set(call, new UpstreamFailure(code, "", retryAfter));
  const down = async (times = 10) => {
    failing("begin", "upstream-down");
    failing("profile", "upstream-down");
    for (let count = 0; count < times; count++) {
      await failureOf(resilient.startConversation(9, "name", never));
      await failureOf(resilient.profile(9, never));
    }
  };
  return { time, upstream, resilient, log, refused, ask, failing, down };
}

describe("questions", () => {
  it("are answered up to the maximum at a time, and the rest wait", async () => {
    const { resilient, upstream, ask } = open();
    const answers = ["a", "b", "c"].map((session) => ask(session));
    await settled();
    expect(upstream.calls).toEqual(["ask 7 from a", "ask 7 from b"]);
    expect(resilient.state()).toEqual({ running: 2, waiting: 1, circuit: "closed" });
    upstream.askings[0]?.finish(1);
    await settled();
    expect(upstream.calls).toHaveLength(3);
    upstream.askings[1]?.fail(new UpstreamFailure("answer-cut", ""));
    upstream.askings[2]?.finish(3);
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(resilient.state()).toEqual({ running: 0, waiting: 0, circuit: "closed" });
  });

  it("that are stopped while they wait are never sent", async () => {
    const { upstream, ask, resilient } = open({ concurrency: 1 });
    const stop = new AbortController();
    void ask("a");
    const second = ask("b", stop.signal);
    await settled();
    stop.abort(new Error("stopped"));
    await expect(second).rejects.toMatchObject({ name: "NotAsked", cause: { message: "stopped" } });
    upstream.askings[0]?.finish(1);
    await settled();
    expect(upstream.calls).toEqual(["ask 7 from a"]);
    expect(resilient.state()).toEqual({ running: 0, waiting: 0, circuit: "closed" });
  });

  it("that were stopped before they arrived are never sent either, and free their reserved slot", async () => {
    const { upstream, ask, resilient } = open({ concurrency: 1 });
    const stop = new AbortController();
    const session = await resilient.startConversation(7, "name", never);
    stop.abort(new Error("stopped"));
    await expect(ask(session, stop.signal)).rejects.toMatchObject({ name: "NotAsked" });
    expect(upstream.askings).toEqual([]);
    expect(resilient.state()).toMatchObject({ running: 0, waiting: 0 });
  });

  it("keep the slot in which their conversation was started", async () => {
    const { resilient, upstream, ask } = open({ concurrency: 1 });
    const session = await resilient.startConversation(7, "name", never);
    const other = ask("other");
    void ask(session);
    await settled();
    expect(upstream.calls.at(-1)).toBe(`ask 7 from ${session}`);
    expect(resilient.state()).toMatchObject({ running: 1, waiting: 1 });
    upstream.askings[0]?.finish(1);
    await settled();
    upstream.askings[1]?.finish(2);
    expect(await other).toEqual({ message: 2 });
    expect(resilient.state()).toMatchObject({ running: 0, waiting: 0 });
  });

  it.each(["is stopped", "never asks"])("whose conversation %s free its slot", async (how) => {
    const { time, resilient, upstream, ask } = open({ concurrency: 1 });
    const stop = new AbortController();
    const session = await resilient.startConversation(7, "name", stop.signal);
    void ask("other");
    if (how === "is stopped") stop.abort();
    else await time.pass(2000);
    await settled();
    expect(upstream.calls.at(-1)).toBe("ask 7 from other");
    void ask(session);
    await settled();
    expect(resilient.state()).toMatchObject({ running: 1, waiting: 1 });
  });

  it("free their slot when the start fails", async () => {
    const { resilient, failing } = open({ concurrency: 1 });
    failing("begin", "upstream-down");
    await failureOf(resilient.startConversation(7, "name", never));
    expect(resilient.state()).toMatchObject({ running: 0, waiting: 0 });
  });
});

describe("other calls", () => {
  it("of many reloads are sent a few at a time, and delay no question", async () => {
    const { resilient, upstream, ask } = open({ concurrency: 8, queueLength: 1000 });
    let maxRunning = 0;
    let now = 0;
    upstream.messages = async () => {
      maxRunning = Math.max(maxRunning, ++now);
      await settled();
      now--;
      return [];
    };
    const storm = Array.from({ length: 500 }, (_, index) =>
      resilient.messages(7, `visitor ${index % 9}`, new AbortController().signal),
    );
    void ask("a");
    await settled();
    expect(upstream.askings).toHaveLength(1);
    expect(await Promise.all(storm)).toHaveLength(500);
    expect(maxRunning).toBe(2);
  });

  it("for one profile or picture by a thousand visitors are a single call", async () => {
    const { resilient, upstream } = open({ queueLength: 0 });
    upstream.pictures.set("https://a.test/p.png", { type: "image/png", bytes: new Uint8Array(1) });
    const visitors = Array.from({ length: 1000 }, () => new AbortController().signal);
    await Promise.all(visitors.map((signal) => resilient.profile(7, signal)));
    await Promise.all(visitors.map((signal) => resilient.picture("https://a.test/p.png", signal)));
    expect(upstream.calls).toEqual(["profile 7", "picture https://a.test/p.png"]);
  });
});

describe("a pause the service asks for", () => {
  it("is kept: no such call is sent, and callers receive the remaining wait", async () => {
    const { time, resilient, upstream, ask, failing, refused } = open();
    failing("ask", "upstream-busy", 30);
    expect((await failureOf(ask("a"))).retryAfter).toBe(30);
    upstream.failing.clear();
    await time.pass(12_500);
    expect(await failureOf(ask("b"))).toMatchObject({ code: "upstream-busy", retryAfter: 18 });
    expect((await failureOf(resilient.startConversation(7, "name", never))).retryAfter).toBe(18);
    expect(refused).toEqual(["ask refused by us", "begin refused by us"]);
    expect(await resilient.messages(7, "a", never)).toEqual([]);
    await time.pass(17_500);
    void ask("b");
    await settled();
    expect(upstream.askings).toHaveLength(1);
  });

  it("applies to waiting calls too", async () => {
    const { upstream, ask, resilient } = open({ concurrency: 1 });
    const first = ask("a");
    const second = ask("b");
    await settled();
    upstream.askings[0]?.fail(new UpstreamFailure("upstream-busy", "", 9));
    await failureOf(first);
    expect((await failureOf(second)).retryAfter).toBe(9);
    expect(upstream.calls).toHaveLength(1);
    expect(resilient.state()).toMatchObject({ running: 0, waiting: 0 });
  });

  it("is as long as requested, and has no default", async () => {
    const { time, upstream, resilient, failing } = open();
    failing("react", "upstream-busy", 300);
    const react = () => resilient.react(7, "a", 1, "liked", never);
    await failureOf(react());
    expect((await failureOf(react())).retryAfter).toBe(300);
    await time.pass(300_000);
    failing("react", "upstream-busy");
    expect((await failureOf(react())).retryAfter).toBeUndefined();
    upstream.failing.clear();
    await react();
  });
});

describe("a service that is down", () => {
  it("gets no calls, and after a while one probe, for whose result all new callers wait", async () => {
    const { time, upstream, resilient, ask, down, log } = open();
    await down();
    upstream.calls.length = 0;
    const refusals = await Promise.all(["a", "b", "c"].map((session) => failureOf(ask(session))));
    expect(refusals).toMatchObject(refusals.map(() => ({ code: "upstream-busy", retryAfter: 1 })));
    expect(upstream.calls).toEqual([]);
    await time.pass(1000);
    void ask("a");
    void ask("b");
    await settled();
    expect(upstream.calls).toEqual(["look 7", "ask 7 from a", "ask 7 from b"]);
    upstream.askings[0]?.finish(1);
    upstream.askings[1]?.finish(1);
    await settled();
    expect(resilient.state()).toEqual({ running: 0, waiting: 0, circuit: "closed" });
    expect(log.map(({ circuit }) => circuit)).toEqual(["open", "half-open", "closed"]);
  });

  it("still serves agents' profiles that are cached", async () => {
    const { upstream, resilient, down } = open();
    await resilient.profile(7, never);
    await down();
    upstream.failing.clear();
    expect(await resilient.profile(7, never)).toMatchObject({ title: "Bakery" });
    expect(await failureOf(resilient.profile(8, never))).toMatchObject({
      code: "upstream-busy",
      retryAfter: 1,
    });
  });

  it("still gets questions when only ratings fail, which are refused then", async () => {
    const { upstream, resilient, ask, failing } = open();
    failing("react", "upstream-down");
    const react = () => failureOf(resilient.react(7, "a", 1, "liked", never));
    for (let count = 0; count < 30; count++) await react();
    expect(upstream.calls.filter((call) => call.startsWith("react"))).toHaveLength(10);
    expect(await react()).toMatchObject({ code: "upstream-busy", retryAfter: 1 });
    void ask("a");
    await settled();
    expect(upstream.askings).toHaveLength(1);
  });

  it("still gets recoveries of answers, up to the maximum at a time", async () => {
    const { resilient, upstream, down } = open({ queueLength: 0 });
    await down();
    let now = 0;
    let maxRunning = 0;
    upstream.recover = async () => {
      maxRunning = Math.max(maxRunning, ++now);
      await settled();
      now--;
      return { message: 1 };
    };
    const looks = Array.from({ length: 20 }, (_, index) =>
      resilient.recover({ project: 7, session: `${index}`, prompt: "" }, "", collect().sink, never),
    );
    expect(await Promise.all(looks)).toHaveLength(20);
    expect(maxRunning).toBe(2);
  });

  it("is not one with a wrong key, missing pictures, or callers that abort", async () => {
    const { upstream, resilient, ask } = open();
    upstream.failing.set("messages", new UpstreamFailure("agent-unavailable", ""));
    upstream.failing.set("picture", new UpstreamFailure("upstream-down", ""));
    for (let count = 0; count < 10; count++) {
      await failureOf(resilient.messages(7, "a", never));
      await failureOf(resilient.picture(`https://a.test/${count}`, never));
      const leaving = new AbortController();
      const left = ask("a", leaving.signal);
      await settled();
      leaving.abort(new Error("left"));
      await expect(left).rejects.toThrow("left");
    }
    expect(resilient.state()).toEqual({ running: 0, waiting: 0, circuit: "closed" });
  });
});

describe("a service that refuses all callers without a wait", () => {
  type Code = "upstream-busy" | "budget-used-up" | "agent-unavailable";
  const crowd = async (opened: ReturnType<typeof open>, count: number, project = 7) => {
    const codes: string[] = [];
    for (let visitor = 0; visitor < count; visitor++) {
      const failure = await failureOf(
        opened.resilient.ask({ project, session: `s${visitor}`, prompt: "?" }, collect().sink, never),
      );
      codes.push(`${failure.code} ${failure.retryAfter ?? "-"}`);
    }
    return codes;
  };
  const turnedDown = (code: Code) => {
    const opened = open();
    opened.upstream.failing.set("ask", new UpstreamFailure(code, ""));
    return opened;
  };
  const asked = ({ upstream }: ReturnType<typeof open>) =>
    upstream.calls.filter((call) => call.startsWith("ask")).length;

  it.each([
    ["upstream-busy", "upstream-busy 1"],
    ["budget-used-up", "budget-used-up -"],
    ["agent-unavailable", "agent-unavailable -"],
  ] as const)("is asked no more after ten times %s, and all are told the same", async (code, told) => {
    const opened = turnedDown(code);
    const codes = await crowd(opened, 200);
    expect(asked(opened)).toBe(10);
    expect(new Set(codes.slice(10))).toEqual(new Set([told]));
  });

  it("is tried by a few callers each time, after half a second, one, two and finally every half minute", async () => {
    const opened = turnedDown("upstream-busy");
    await crowd(opened, 50);
    const asks: number[] = [];
    for (let second = 0; second < 120; second++) {
      await opened.time.pass(1000);
      const before = asked(opened);
      await crowd(opened, 5);
      asks.push(asked(opened) - before);
    }
    expect(asks.reduce((sum, count) => sum + count)).toBeLessThan(40);
    expect(asks.slice(60).filter((count) => count > 0).length).toBeLessThan(4);
  });

  it("counts as healthy as soon as the first text of an answer arrives", async () => {
    const opened = turnedDown("budget-used-up");
    await crowd(opened, 20);
    opened.upstream.failing.clear();
    await opened.time.pass(500);
    void opened.ask("one");
    await settled();
    opened.upstream.askings[0]?.sink.delta("The");
    opened.upstream.failing.set("ask", new UpstreamFailure("budget-used-up", ""));
    const before = asked(opened);
    await crowd(opened, 9);
    expect(asked(opened)).toBe(before + 9);
  });

  it("still returns transcripts, and other agents go on when one is refused", async () => {
    const opened = turnedDown("agent-unavailable");
    await crowd(opened, 20);
    await opened.resilient.messages(7, "a", never);
    expect((await failureOf(opened.resilient.startConversation(7, "name", never))).code).toBe(
      "agent-unavailable",
    );
    const before = asked(opened);
    await crowd(opened, 3, 8);
    expect(asked(opened)).toBe(before + 3);
    await opened.resilient.startConversation(9, "name", never);
  });

  it("does not count as healthy because it starts conversations", async () => {
    const opened = turnedDown("upstream-busy");
    for (let visitor = 0; visitor < 60; visitor++) {
      await opened.time.pass(100);
      const session = await opened.resilient.startConversation(7, "name", never).catch(() => null);
      if (session !== null) await failureOf(opened.ask(session));
    }
    expect(asked(opened)).toBeLessThan(30);
  });

  it("is not ready for questions, as /readyz reports", async () => {
    const opened = turnedDown("budget-used-up");
    await opened.resilient.checkAgent(7, never);
    await crowd(opened, 20);
    expect((await failureOf(opened.resilient.checkAgent(7, never))).code).toBe("budget-used-up");
  });
});
