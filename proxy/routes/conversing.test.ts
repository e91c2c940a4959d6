/** Tests of what a visitor can do with a conversation, and others cannot. */
import { describe, expect, it } from "vitest";
import { createFakeProxy, turnId, type FakeProxy } from "../testing/fake-proxy.ts";
import { citation } from "../testing/fake-upstream.ts";
import { settled } from "../testing/manual-time.ts";
import { answerOf, eventsOf, readEvents, readRefusal } from "../testing/read-events.ts";
import { UpstreamFailure } from "../upstream/errors.ts";

async function conversing(proxy = createFakeProxy()) {
  const { conversation, visitor, events } = await proxy.conversation();
  const done = events.at(-1);
  const message = done?.event === "done" ? (done.data.message ?? "") : "";
  const path = `/v1/conversations/${conversation}`;
  const call = (method: string, rest: string, body?: unknown, headers: Record<string, string> = {}) =>
    proxy.call(method, path + rest, { token: visitor, headers, ...(body === undefined ? {} : { body }) });
  const ask = (number: number, prompt = "And on Monday?") =>
    call("POST", "/messages", { prompt, turn: turnId(number) });
  return { proxy, conversation, visitor, message, path, call, ask };
}

describe("a follow-up", () => {
  it("goes to the same session, with the newest message known, and streams", async () => {
    const { proxy, ask } = await conversing();
    const response = ask(2);
    const { question, sink, finish } = await proxy.asking(2);
    expect(question).toMatchObject({ session: "00000000-0000-4000-8000-000000000001", newerThan: 101 });
    sink.delta("Closed.");
    finish(102);
    const events = await readEvents(await response);
    expect(events.map(({ id, event }) => `${id} ${event}`)).toEqual(["1 delta", "2 done"]);
    const third = ask(3);
    const next = await proxy.asking(3);
    expect(next.question.newerThan).toBe(102);
    next.finish(103);
    await third;
  });

  it("that fails within five seconds is a refusal, and streams after that", async () => {
    const { proxy, ask } = await conversing();
    const quick = ask(2);
    const asking = await proxy.asking(2);
    await proxy.time.pass(4900);
    asking.fail(new UpstreamFailure("upstream-down", "gone"));
    expect(await readRefusal(await quick)).toEqual({ status: 502, code: "upstream-down" });
    const slow = ask(3);
    const later = await proxy.asking(3);
    await proxy.time.pass(5000);
    expect((await slow).status).toBe(200);
    later.fail(new UpstreamFailure("upstream-down", "gone"));
    expect((await readEvents(await slow)).map(({ event }) => event)).toEqual(["problem"]);
  });

  it("sent twice is asked once", async () => {
    const { proxy, ask } = await conversing();
    const both = [ask(2), ask(2)];
    (await proxy.asking(2)).finish(102);
    const [one, other] = await Promise.all(both.map(async (response) => readEvents(await response)));
    expect(other).toEqual(one);
    expect(proxy.upstream.askings).toHaveLength(2);
  });

  it("sent under the turn that began the conversation joins that turn", async () => {
    const { proxy, ask } = await conversing();
    expect(answerOf(await readEvents(await ask(1, "When do you open?")))).toBe("At seven.");
    expect(proxy.upstream.askings).toHaveLength(1);
  });

  it("while another answer is being written has to wait", async () => {
    const { proxy, ask } = await conversing();
    const first = ask(2);
    const { finish } = await proxy.asking(2);
    expect(await readRefusal(await ask(3))).toEqual({ status: 429, code: "too-many", retryAfter: 2 });
    finish(102);
    await first;
    void ask(3);
    await proxy.asking(3);
  });
});

describe("a lost connection", () => {
  it("finds its turn again, from the event after the last one it has, live", async () => {
    const { proxy, call, ask } = await conversing();
    const response = ask(2);
    const { sink, finish } = await proxy.asking(2);
    sink.delta("Closed");
    for await (const event of eventsOf(await response)) if (event.id === 1) break;
    sink.delta(" on");
    const resumed = call("GET", `/turns/${turnId(2)}`, undefined, { "last-event-id": "1" });
    const reading = readEvents(await resumed);
    sink.delta(" Mondays.");
    finish(102);
    const events = await reading;
    expect(answerOf(events)).toBe(" on Mondays.");
    expect(events.map(({ id }) => id)).toEqual([3, 4]);
    expect(proxy.upstream.askings).toHaveLength(2);
  });

  it("may name the event in the query where headers cannot be set, and none to start from the beginning", async () => {
    const { call } = await conversing();
    const from = async (query: string) =>
      (await readEvents(await call("GET", `/turns/${turnId(1)}${query}`))).map(({ id }) => id);
    expect(await from("?after=2")).toEqual([3]);
    expect(await from("")).toEqual([1, 2, 3]);
    expect(await from("?after=99")).toEqual([3]);
  });

  it("finds a turn for ten minutes after its end, and is told when it is gone", async () => {
    const { proxy, call } = await conversing();
    await proxy.time.pass(601_000);
    expect((await call("GET", `/turns/${turnId(1)}`)).status).toBe(404);
    expect((await call("GET", "/turns/__proto__")).status).toBe(404);
  });

  it("with an invalid event id is refused", async () => {
    const { call } = await conversing();
    for (const after of ["-1", "x", "1e3", "9999999999"])
      expect((await call("GET", `/turns/${turnId(1)}?after=${after}`)).status).toBe(400);
  });
});

describe("stop", () => {
  it("ends the upstream call at once and keeps what came", async () => {
    const { proxy, call, ask } = await conversing();
    const response = ask(2);
    const { sink, signal } = await proxy.asking(2);
    sink.delta("Closed");
    const reading = readEvents(await response);
    expect((await call("DELETE", `/turns/${turnId(2)}`)).status).toBe(204);
    expect(signal.aborted).toBe(true);
    expect((await reading).map(({ data }) => data)).toEqual([
      { text: "Closed" },
      { message: null, stopped: true },
    ]);
    const next = ask(3);
    (await proxy.asking(3)).finish(104);
    expect((await next).status).toBe(200);
  });

  it("works before the first word, as soon as the conversation is known", async () => {
    const proxy = createFakeProxy();
    const response = proxy.call("POST", "/v1/agents/default/conversations", {
      body: { prompt: "a", turn: turnId(1) },
    });
    const { signal } = await proxy.asking(1);
    await proxy.time.pass(250);
    for await (const event of eventsOf(await response)) {
      if (event.event !== "conversation") continue;
      const { conversation, visitor } = event.data;
      await proxy.call("DELETE", `/v1/conversations/${conversation}/turns/${turnId(1)}`, { token: visitor });
    }
    expect(signal.aborted).toBe(true);
  });

  it("of an ended turn succeeds, of an unknown one fails", async () => {
    const { call } = await conversing();
    expect((await call("DELETE", `/turns/${turnId(1)}`)).status).toBe(204);
    expect((await call("DELETE", `/turns/${turnId(8)}`)).status).toBe(404);
  });
});

describe("the transcript", () => {
  it("is the turns, oldest first, with ids and picture paths of ours", async () => {
    const { proxy, conversation, message, call } = await conversing();
    const said = {
      prompt: "When?",
      answer: "At seven.",
      citations: [citation],
      reaction: "neutral" as const,
    };
    proxy.upstream.stored = [Object.assign({ user_ip: "10.0.0.1" }, { id: 101, ...said })];
    const response = await call("GET", "/messages");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const image = expect.stringMatching(/^\/v1\/pictures\/[\w-]+$/);
    expect(await response.json()).toEqual({
      conversation,
      messages: [{ message, ...said, citations: [{ ...citation, image }] }],
    });
  });

  it("gives a restarted proxy the newest message's id", async () => {
    const { proxy, call, ask } = await conversing();
    proxy.upstream.stored = [{ id: 555, prompt: "a", answer: "b", citations: [], reaction: "neutral" }];
    await call("GET", "/messages");
    void ask(2);
    expect((await proxy.asking(2)).question.newerThan).toBe(555);
  });
});

describe("a rating", () => {
  it("reaches the message it is for", async () => {
    const { proxy, message, call } = await conversing();
    expect((await call("PUT", `/messages/${message}/feedback`, { reaction: "liked" })).status).toBe(204);
    expect(proxy.upstream.calls.at(-1)).toBe("react 7 00000000-0000-4000-8000-000000000001 101 liked");
  });

  it("is refused for another conversation's message, a bare number and another word", async () => {
    const { proxy, message, call } = await conversing();
    const other = await conversing(proxy);
    const rate = async (id: string, reaction: string) =>
      (await call("PUT", `/messages/${id}/feedback`, { reaction })).status;
    expect(await rate(other.message, "liked")).toBe(404);
    expect(await rate("101", "liked")).toBe(404);
    expect(await rate(message, "loved")).toBe(400);
    expect(proxy.upstream.calls.filter((name) => name.startsWith("react"))).toEqual([]);
  });
});

describe("forgetting", () => {
  it("deletes upstream, stops what runs, and nothing brings the conversation back", async () => {
    const { proxy, call, ask } = await conversing();
    const response = ask(2);
    const { signal } = await proxy.asking(2);
    expect((await call("DELETE", "")).status).toBe(204);
    await response;
    expect(signal.aborted).toBe(true);
    expect(proxy.upstream.calls.at(-1)).toBe("forget 7 00000000-0000-4000-8000-000000000001");
    expect((await ask(3)).status).toBe(404);
    expect((await call("GET", "/messages")).status).toBe(404);
    expect((await call("GET", `/turns/${turnId(1)}`)).status).toBe(404);
    expect((await call("DELETE", "")).status).toBe(204);
    await settled();
    expect(proxy.upstream.askings).toHaveLength(2);
  });

  it("that failed upstream can be tried again, and the conversation is still there", async () => {
    const { proxy, call } = await conversing();
    proxy.upstream.failing.set("forget", new UpstreamFailure("upstream-busy", "429"));
    expect((await call("DELETE", "")).status).toBe(503);
    expect((await call("GET", "/messages")).status).toBe(200);
    proxy.upstream.failing.clear();
    expect((await call("DELETE", "")).status).toBe(204);
  });
});

describe("nobody else", () => {
  const doors = (
    proxy: FakeProxy,
    path: string,
    message: string,
    given: { token?: string; headers?: Record<string, string> },
  ) => [
    proxy.call("GET", `${path}/messages`, given),
    proxy.call("POST", `${path}/messages`, { ...given, body: { prompt: "a", turn: turnId(7) } }),
    proxy.call("GET", `${path}/turns/${turnId(1)}`, given),
    proxy.call("DELETE", `${path}/turns/${turnId(1)}`, given),
    proxy.call("PUT", `${path}/messages/${message}/feedback`, { ...given, body: { reaction: "liked" } }),
    proxy.call("DELETE", path, given),
  ];

  async function refusals(attempts: Promise<Response>[]): Promise<string[]> {
    return Promise.all(attempts.map(async (attempt) => (await readRefusal(await attempt)).code));
  }

  it("gets in without the token, with another visitor's, an old one, or the right one on another site", async () => {
    const { proxy, path, message, visitor } = await conversing();
    const stranger = (await proxy.conversation()).visitor;
    const before = proxy.upstream.calls.length;
    const denied = Array.from({ length: 6 }, () => "not-allowed");
    expect(await refusals(doors(proxy, path, message, {}))).toEqual(denied);
    expect(await refusals(doors(proxy, path, message, { token: stranger }))).toEqual(denied);
    expect(await refusals(doors(proxy, path, message, { token: `${visitor}x` }))).toEqual(denied);
    const elsewhere = { token: visitor, headers: { origin: "https://a.example.org" } };
    expect(await refusals(doors(proxy, path, message, elsewhere))).toEqual(denied);
    await proxy.time.pass(31 * 86_400_000);
    expect(await refusals(doors(proxy, path, message, { token: visitor }))).toEqual(denied);
    expect(proxy.upstream.calls).toHaveLength(before);
  });

  it("but a returning visitor does for ever, with the fresh token that replaces each old one", async () => {
    const { proxy, path, visitor } = await conversing();
    let token = visitor;
    for (let visit = 0; visit < 4; visit++) {
      await proxy.time.pass(20 * 86_400_000);
      const response = await proxy.call("GET", `${path}/messages`, { token });
      expect(response.status).toBe(200);
      token = response.headers.get("visitor-token") ?? "none";
    }
    expect((await proxy.call("GET", `${path}/messages`, { token: visitor })).status).toBe(403);
  });

  it("gets anywhere with an id that is not ours", async () => {
    const { proxy, visitor, message } = await conversing();
    const before = proxy.upstream.calls.length;
    const bad = [
      "..%2F..%2F8%2Fconversations%2Fx",
      "%2e%2e",
      "%252e",
      "%00",
      "a%0d%0ab",
      "x%3Fy",
      "%23",
      "a;b",
      "a@b",
      "%5C",
      "%c0%ae",
      "00000000-0000-4000-8000-000000000001",
      "__proto__",
      "x".repeat(300),
    ];
    for (const id of bad) {
      const codes = await refusals(doors(proxy, `/v1/conversations/${id}`, message, { token: visitor }));
      expect(codes).toEqual(Array.from({ length: 6 }, () => "not-found"));
    }
    expect(proxy.upstream.calls).toHaveLength(before);
  });

  it("reaches a project that is no longer configured", async () => {
    const proxy = createFakeProxy({ agents: new Map([["help", 99]]) });
    const { conversation, visitor } = await proxy.conversation();
    const moved = createFakeProxy();
    const path = `/v1/conversations/${conversation}/messages`;
    expect((await moved.call("GET", path, { token: visitor })).status).toBe(200);
    const started = proxy.call("POST", "/v1/agents/help/conversations", {
      body: { prompt: "a", turn: turnId(5) },
    });
    (await proxy.asking(2)).finish(1);
    const [opened] = await readEvents(await started);
    if (opened?.event !== "conversation") throw new Error("no conversation");
    const gone = `/v1/conversations/${opened.data.conversation}/messages`;
    expect((await proxy.call("GET", gone, { token: opened.data.visitor })).status).toBe(200);
    expect((await moved.call("GET", gone, { token: opened.data.visitor })).status).toBe(404);
  });
});
