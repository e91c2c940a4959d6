/** Tests of asking: one stream or one object, one question however often it is sent, and failures with a status. */
import { describe, expect, it } from "vitest";
import { createFakeProxy, site, turnId, type FakeProxy } from "../testing/fake-proxy.ts";
import { citation } from "../testing/fake-upstream.ts";
import { settled } from "../testing/manual-time.ts";
import { answerOf, eventsOf, readEvents, readRefusal } from "../testing/read-events.ts";
import { UpstreamFailure } from "../upstream/errors.ts";

const start = "/v1/agents/default/conversations";

function ask(proxy: FakeProxy, number = 1, prompt = "When do you open?", headers = {}): Promise<Response> {
  return proxy.call("POST", start, { body: { prompt, turn: turnId(number) }, headers });
}

describe("a first question", () => {
  it("starts a conversation whose name does not reveal it and streams its answer", async () => {
    const proxy = createFakeProxy();
    const prompt = `  When do\n you ${"really ".repeat(20)}open? `;
    const response = ask(proxy, 1, prompt);
    const { sink, finish } = await proxy.asking(1);
    for (const piece of ["At", " seven", "."]) sink.delta(piece);
    sink.citations([citation]);
    finish(433);
    const events = await readEvents(await response);
    expect(events.map(({ event }) => event)).toEqual(["conversation", "delta", "citations", "done"]);
    expect(events.map(({ id }) => id)).toEqual([1, 4, 5, 6]);
    expect(answerOf(events)).toBe("At seven.");
    const [name] = proxy.upstream.calls;
    expect(name).toBe("begin 7 Website chat, 2026-01-01 00:00 UTC");
    expect(proxy.upstream.askings[0]?.question).toEqual({
      project: 7,
      session: "00000000-0000-4000-8000-000000000001",
      prompt,
    });
  });

  it("reveals nothing of upstream's: no session, no message number, no image address", async () => {
    const proxy = createFakeProxy();
    const response = ask(proxy);
    const { sink, finish } = await proxy.asking(1);
    sink.citations([Object.assign({ score: 0.9 }, citation)]);
    finish(987654);
    const text = await (await response).text();
    expect(text).not.toMatch(/00000000-0000-4000-8000|987654|hours\.png|score/);
    expect(text).toMatch(/"image":"\/v1\/pictures\/[\w-]+"/);
  });

  it("has a response that is not buffered, cached, transformed or sniffed on the way", async () => {
    const proxy = createFakeProxy();
    const response = ask(proxy, 1, "a", { "accept-encoding": "br, zstd", accept: "*/*" });
    (await proxy.asking(1)).sink.delta("At");
    const { headers } = await response;
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      "x-content-type-options": "nosniff",
      "access-control-allow-origin": site,
    });
    expect(headers.has("content-encoding")).toBe(false);
  });

  it("passes on language and page, and no other field", async () => {
    const proxy = createFakeProxy();
    const page = { title: "Shop", url: "https://shop.example.com/" };
    const body = { prompt: "a", turn: turnId(1), language: "de", page, custom_persona: "evil", project: 8 };
    void proxy.call("POST", `${start}?stream=false&project=8`, { body });
    const { question } = await proxy.asking(1);
    expect(question).toEqual({ project: 7, session: question.session, prompt: "a", language: "de", page });
  });

  it("keeps a visitor who has a token, and makes a new one of everyone else", async () => {
    const proxy = createFakeProxy();
    const first = await proxy.conversation();
    const again = (token: string, number: number) =>
      proxy.call("POST", start, { body: { prompt: "a", turn: turnId(number) }, token });
    const kept = again(first.visitor, 50);
    const other = again("v1.forged.token", 51);
    for (const number of [2, 3]) (await proxy.asking(number)).finish(1);
    const [own, foreign] = [await readEvents(await kept), await readEvents(await other)].map(([event]) =>
      event?.event === "conversation" ? event.data : { conversation: "", visitor: "" },
    );
    const transcript = (path = "", token = "") =>
      proxy.call("GET", `/v1/conversations/${path}/messages`, { token });
    expect((await transcript(first.conversation, own?.visitor)).status).toBe(200);
    expect((await transcript(first.conversation, foreign?.visitor)).status).toBe(403);
  });
});

describe("the same turn sent twice", () => {
  it("even at once, is one conversation, one question and one token", async () => {
    const proxy = createFakeProxy();
    const responses = [ask(proxy), ask(proxy), ask(proxy)];
    const { sink, finish } = await proxy.asking(1);
    sink.delta("At seven.");
    finish(1);
    const all = await Promise.all(responses.map(async (response) => readEvents(await response)));
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    expect(await readEvents(await ask(proxy))).toEqual(all[0]);
    expect(proxy.upstream.calls).toHaveLength(2);
  });

  it("is the same whether the visitor's token is there by then or not", async () => {
    const proxy = createFakeProxy();
    const { visitor, events } = await proxy.conversation();
    const again = proxy.call("POST", start, {
      body: { prompt: "When do you open?", turn: turnId(1) },
      token: visitor,
    });
    expect(await readEvents(await again)).toEqual(events);
    expect(proxy.upstream.askings).toHaveLength(1);
  });

  it("with another question is refused", async () => {
    const proxy = createFakeProxy();
    await proxy.conversation("When do you open?");
    expect(await readRefusal(await ask(proxy, 1, "What else?"))).toEqual({
      status: 400,
      code: "bad-request",
    });
  });

  it("is not joined from another site", async () => {
    const proxy = createFakeProxy();
    await proxy.conversation();
    void ask(proxy, 1, "When do you open?", { origin: "https://a.example.org" });
    await proxy.asking(2);
    expect(proxy.upstream.calls.filter((call) => call.startsWith("begin"))).toHaveLength(2);
  });

  it("asks again when upstream had rejected it, and never otherwise", async () => {
    const proxy = createFakeProxy();
    const busy = ask(proxy);
    (await proxy.asking(1)).fail(new UpstreamFailure("upstream-busy", "429", 3));
    expect(await readRefusal(await busy)).toEqual({ status: 503, code: "upstream-busy", retryAfter: 3 });
    const second = ask(proxy);
    (await proxy.asking(2)).fail(new UpstreamFailure("upstream-down", "reset"));
    expect((await second).status).toBe(502);
    expect((await ask(proxy)).status).toBe(502);
    expect(proxy.upstream.askings).toHaveLength(2);
  });
});

describe("what fails before it answers", () => {
  it("is a refusal with a status, for a conversation that cannot begin", async () => {
    const proxy = createFakeProxy();
    proxy.upstream.failing.set("begin", new UpstreamFailure("agent-unavailable", "401 bad key"));
    expect(await readRefusal(await ask(proxy))).toEqual({ status: 502, code: "agent-unavailable" });
    proxy.upstream.failing.clear();
    void ask(proxy);
    await proxy.asking(1);
  });

  it("is a refusal within moments of the new conversation, and a problem in the stream after that", async () => {
    const proxy = createFakeProxy();
    const quick = ask(proxy, 1);
    (await proxy.asking(1)).fail(new UpstreamFailure("budget-used-up", "no credits"));
    expect((await readRefusal(await quick)).code).toBe("budget-used-up");
    const slow = ask(proxy, 2);
    const asking = await proxy.asking(2);
    await proxy.time.pass(250);
    const response = await slow;
    expect(response.status).toBe(200);
    asking.fail(new UpstreamFailure("upstream-busy", "busy", 4));
    expect((await readEvents(response)).map(({ event }) => event)).toEqual(["conversation", "problem"]);
  });

  it("is a problem in the stream once a word was said, and the words stay", async () => {
    const proxy = createFakeProxy();
    const response = ask(proxy);
    const { sink, fail } = await proxy.asking(1);
    sink.delta("At");
    fail(new UpstreamFailure("answer-cut", "cut"));
    const events = await readEvents(await response);
    expect(answerOf(events)).toBe("At");
    expect(events.at(-1)).toMatchObject({ event: "problem", data: { code: "answer-cut" } });
  });
});

describe("an answer in one piece", () => {
  const accept = { accept: "application/json" };

  it("is one object at the end", async () => {
    const proxy = createFakeProxy();
    const response = ask(proxy, 1, "When do you open?", accept);
    const { sink, finish } = await proxy.asking(1);
    for (const piece of ["At", " seven."]) sink.delta(piece);
    sink.citations([citation]);
    await proxy.time.pass(60_000);
    finish(1);
    const whole = await response;
    expect(whole.headers.get("cache-control")).toBe("no-store");
    expect(await whole.json()).toEqual({
      conversation: expect.any(String),
      visitor: expect.any(String),
      turn: turnId(1),
      message: expect.any(String),
      answer: "At seven.",
      citations: [{ ...citation, image: expect.stringMatching(/^\/v1\/pictures\//) }],
    });
  });

  it("has no visitor in it for a follow-up", async () => {
    const proxy = createFakeProxy();
    const { conversation, visitor } = await proxy.conversation();
    const body = { prompt: "And on Monday?", turn: turnId(9) };
    const response = proxy.call("POST", `/v1/conversations/${conversation}/messages`, {
      body,
      token: visitor,
      headers: accept,
    });
    (await proxy.asking(2)).finish(null);
    const whole: unknown = await (await response).json();
    expect(whole).toEqual({ conversation, turn: turnId(9), message: null, answer: "", citations: [] });
  });

  it("is a refusal when it was cut, however much there was", async () => {
    const proxy = createFakeProxy();
    const response = ask(proxy, 1, "a", accept);
    const { sink, fail } = await proxy.asking(1);
    sink.delta("At");
    fail(new UpstreamFailure("answer-cut", "cut"));
    expect(await readRefusal(await response)).toEqual({ status: 502, code: "answer-cut" });
  });
});

describe("a proxy at its capacity", () => {
  it("refuses further turns and says when to come back", async () => {
    const proxy = createFakeProxy({ turnsKept: 1 });
    void ask(proxy, 1);
    const { finish } = await proxy.asking(1);
    expect(await readRefusal(await ask(proxy, 2))).toEqual({
      status: 503,
      code: "upstream-busy",
      retryAfter: 5,
    });
    finish(1);
    await settled();
    void ask(proxy, 2);
    await proxy.asking(2);
  });

  it("that shuts down refuses new turns, lets running ones end, and says so to those it must cut", async () => {
    const proxy = createFakeProxy();
    const [one, two] = [ask(proxy, 1), ask(proxy, 2)];
    const [first, second] = [await proxy.asking(1), await proxy.asking(2)];
    for (const { sink } of [first, second]) sink.delta("At");
    const draining = proxy.drain(5000);
    expect((await readRefusal(await ask(proxy, 3))).code).toBe("upstream-busy");
    first.finish(1);
    await proxy.time.pass(5000);
    await draining;
    expect((await readEvents(await one)).at(-1)?.event).toBe("done");
    expect((await readEvents(await two)).at(-1)).toMatchObject({
      event: "problem",
      data: { code: "answer-cut" },
    });
    expect(second.signal.aborted).toBe(true);
  });
});

it("a browser that disconnects ends nothing", async () => {
  const proxy = createFakeProxy();
  const response = ask(proxy);
  const { sink, finish, signal } = await proxy.asking(1);
  sink.delta("At");
  for await (const _ of eventsOf(await response)) break;
  await settled();
  expect(signal.aborted).toBe(false);
  sink.delta(" seven.");
  finish(1);
  expect(answerOf(await readEvents(await ask(proxy)))).toBe("At seven.");
});
