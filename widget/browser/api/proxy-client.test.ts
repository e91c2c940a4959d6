import { afterEach, describe, expect, it } from "vitest";
import { answerOf } from "../../conversation/testing/scripted-proxy.ts";
import { scriptedWorld, settleDown } from "../../conversation/testing/scripted-environment.ts";
import { createConversation } from "../../conversation/create-conversation.ts";
import { createProxyClient } from "./proxy-client.lazy.ts";
import { byteProxy, bytesOf } from "../testing/byte-proxy.ts";

const words = "Zehn Euro – 🎉 **monatlich**.";
const ref = { conversation: "c1", visitor: "v1" };
const never = new AbortController().signal;

function setUp(answer = answerOf(words)) {
  const proxy = byteProxy(answer);
  const scheduled: (() => void)[] = [];
  const client = createProxyClient({
    proxy: "https://chat.example.com",
    agent: "default",
    fetch: proxy.fetch,
    online: () => true,
    page: null,
    schedule: (_, work) => {
      scheduled.push(work);
      return () => scheduled.splice(scheduled.indexOf(work), 1);
    },
  });
  return { proxy, client, scheduled };
}

const json =
  (body: unknown, status = 200) =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

describe("an answer over the wire", () => {
  it("is complete and asked once, with the connection cut at any byte", { timeout: 60_000 }, async () => {
    const length = bytesOf(answerOf(words)).length;
    for (let cut = 0; cut < length; cut++) {
      const { proxy, client } = setUp();
      proxy.cuts.push({ bytes: cut, error: cut % 2 === 0 });
      const { world } = scriptedWorld(client);
      const conversation = createConversation(world);
      conversation.ask("Was kostet es?");
      await expect.poll(() => conversation.finished.value, { interval: 0 }).not.toHaveLength(0);
      expect(conversation.finished.value).toMatchObject([{ answer: words, end: "answered", message: "m1" }]);
      expect(proxy.turns.size).toBe(1);
      // The same turn is posted again, for the proxy to join, only while the conversation has no id.
      const posts = proxy.sent.filter((each) => each.method === "POST");
      expect(posts.length).toBe(proxy.sent.length === 2 && proxy.sent[1]?.method === "POST" ? 2 : 1);
    }
  });
});

describe("a damaged piece of an answer", () => {
  it.each(answerOf(words).map((event, index) => [event.event, index] as const))(
    "is fetched again, and the answer is whole (%s, event %i)",
    async (_name, index) => {
      const { proxy, client } = setUp();
      const pieces = answerOf(words).map((event) => bytesOf([event]));
      // Half an event, with the end of a complete one.
      pieces[index] = new Uint8Array([...(pieces[index]?.slice(0, -6) ?? []), 10, 10]);
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          const piece = pieces.shift();
          if (piece) controller.enqueue(piece);
          else controller.close();
        },
      });
      proxy.instead.push(() => new Response(body, { headers: { "content-type": "text/event-stream" } }));
      const { world } = scriptedWorld(client);
      const conversation = createConversation(world);
      conversation.ask("Was kostet es?");
      await expect.poll(() => conversation.finished.value, { interval: 0 }).not.toHaveLength(0);
      expect(conversation.finished.value).toMatchObject([{ answer: words, end: "answered", message: "m1" }]);
      const isNamed = index > 0;
      expect(proxy.sent.map(({ method }) => method)).toEqual(["POST", isNamed ? "GET" : "POST"]);
    },
  );
});

describe("a request", () => {
  it("has no cookies, follows no redirect, and accepts a stream", async () => {
    const { proxy, client } = setUp();
    await client.ask(null, { turn: "t1", prompt: "Hi", language: "de" }, { opened() {}, event() {} }, never);
    const [sent] = proxy.sent;
    expect(sent?.url).toBe("https://chat.example.com/v1/agents/default/conversations");
    expect(sent?.body).toEqual({ turn: "t1", prompt: "Hi", language: "de" });
    expect(sent?.headers.get("accept")).toBe("text/event-stream");
    expect(sent?.headers.has("authorization")).toBe(false);
    expect(sent?.init).toMatchObject({
      credentials: "omit",
      mode: "cors",
      redirect: "error",
      referrerPolicy: "strict-origin-when-cross-origin",
    });
  });

  it("has the secret of a first question in a header, also when it is repeated, and not once there is a token", async () => {
    const { proxy, client } = setUp();
    const listener = { opened() {}, event() {} };
    const asked = { turn: "t1", secret: "s1", prompt: "Hi" };
    await client.ask(null, asked, listener, never);
    await client.ask(null, asked, listener, never);
    await client.ask(ref, asked, listener, never);
    expect(proxy.sent.map(({ headers }) => headers.get("turn-secret"))).toEqual(["s1", "s1", null]);
    for (const { body } of proxy.sent) expect(body).toEqual({ turn: "t1", prompt: "Hi" });
  });

  it("has the visitor's token once it is known, and the last event of a resumed stream", async () => {
    const { proxy, client } = setUp();
    const listener = { opened() {}, event() {} };
    await client.ask(ref, { turn: "t2", prompt: "And?" }, listener, never);
    await client.resume(ref, "t2", 3, listener, never);
    await client.stop(ref, "t2");
    await client.react(ref, "m/1", "liked");
    await client.forget(ref);
    expect(proxy.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      "POST /v1/conversations/c1/messages",
      "GET /v1/conversations/c1/turns/t2",
      "DELETE /v1/conversations/c1/turns/t2",
      "PUT /v1/conversations/c1/messages/m%2F1/feedback",
      "DELETE /v1/conversations/c1",
    ]);
    expect(proxy.sent.every(({ headers }) => headers.get("authorization") === "Bearer v1")).toBe(true);
    expect(proxy.sent[1]?.headers.get("last-event-id")).toBe("3");
    expect(proxy.sent[3]?.body).toEqual({ reaction: "liked" });
  });

  describe("on a page with Prototype.js", () => {
    afterEach(() => {
      for (const prototype of [Array.prototype, Object.prototype, String.prototype])
        Reflect.deleteProperty(prototype, "toJSON");
    });

    it("is correct too", async () => {
      for (const prototype of [Array.prototype, Object.prototype, String.prototype])
        Object.defineProperty(prototype, "toJSON", { configurable: true, value: () => "spoilt" });
      const { proxy, client } = setUp([]);
      proxy.instead.push(() => new Response("{}", { status: 500 }));
      await client.ask(ref, { turn: "t1", prompt: "Hi" }, { opened() {}, event() {} }, never);
      expect(proxy.sent[0]?.init.body).toBe('{"turn":"t1","prompt":"Hi"}');
    });
  });
});

describe("a response other than a stream", () => {
  const ask = async (response: () => Response) => {
    const { proxy, client } = setUp();
    proxy.instead.push(response);
    const heard: unknown[] = [];
    const listener = { opened: () => heard.push("opened"), event: (event: unknown) => heard.push(event) };
    const end = await client.ask(null, { turn: "t1", prompt: "Hi" }, listener, never);
    return { end, heard };
  };

  it("that refuses the identity differs from one that refuses the visitor", async () => {
    for (const [more, code] of [
      [{ identity: true }, "signed-out"],
      [{}, "not-allowed"],
    ] as const) {
      const { proxy, client } = setUp();
      proxy.instead.push(json({ problem: { code: "not-allowed", message: "", ...more } }, 403));
      expect(await client.transcript(ref, never)).toEqual({ ok: false, problem: { code } });
    }
  });

  it("gives the problem of a refusal", async () => {
    const { end, heard } = await ask(
      json({ problem: { code: "too-many", message: "…", retryAfter: 9 } }, 429),
    );
    expect(end).toEqual({ code: "too-many", retryAfter: 9 });
    expect(heard).toEqual([]);
  });

  it("gives `unreachable` for an HTML page and for none", async () => {
    const html = { headers: { "content-type": "text/html" } };
    expect((await ask(() => new Response("<h1>Sign in to Wi-Fi</h1>", html))).end).toBe("unreachable");
    expect((await ask(() => new Response("<h1>502</h1>", { ...html, status: 502 }))).end).toBe("unreachable");
    const fails = () => {
      throw new TypeError("Failed to fetch");
    };
    expect((await ask(fails)).end).toBe("unreachable");
  });

  it("gives the answer of a whole JSON answer", async () => {
    const whole = {
      conversation: "c1",
      visitor: "v1",
      turn: "t1",
      message: "m1",
      answer: words,
      citations: [],
    };
    const { end, heard } = await ask(json(whole));
    expect(end).toBe("closed");
    expect(heard).toEqual([
      "opened",
      { id: 1, event: "conversation", data: { conversation: "c1", visitor: "v1" } },
      { id: 2, event: "delta", data: { text: words } },
      { id: 4, event: "done", data: { message: "m1" } },
    ]);
    const persons = await ask(json({ ...whole, visitor: "" }));
    expect(persons.heard[1]).toMatchObject({ event: "conversation", data: { visitor: "" } });
  });
});

describe("a connection", () => {
  it("that has gone silent is closed, so that the stream is resumed", async () => {
    const { proxy, client, scheduled } = setUp();
    const silent = (init?: RequestInit) =>
      new Response(
        new ReadableStream({
          start: (controller) =>
            init?.signal?.addEventListener("abort", () => controller.error(new Error("aborted"))),
        }),
        { headers: { "content-type": "text/event-stream" } },
      );
    proxy.instead.push(() => silent(proxy.sent.at(-1)?.init));
    const end = client.resume(ref, "t1", 0, { opened() {}, event() {} }, never);
    await settleDown();
    expect(scheduled).toHaveLength(1);
    scheduled[0]?.();
    expect(await end).toBe("closed");
    expect(scheduled).toHaveLength(0);
  });
});

describe("the transcript", () => {
  it("is checked before it is used", async () => {
    const { proxy, client } = setUp();
    const message = { message: "m1", prompt: "Hi", answer: "Hello.", citations: [], reaction: "liked" };
    proxy.instead.push(
      json({ conversation: "c1", messages: [message, { message: 4 }, { ...message, reaction: "?" }] }),
    );
    const reply = await client.transcript(ref, never);
    expect(reply).toEqual({
      ok: true,
      value: { conversation: "c1", messages: [message, { ...message, reaction: "neutral" }] },
    });
    proxy.instead.push(json({ conversation: 4 }), json({ problem: { code: "not-found" } }, 404));
    expect(await client.transcript(ref, never)).toEqual({ ok: false, problem: { code: "unreachable" } });
    expect(await client.transcript(ref, never)).toEqual({ ok: false, problem: { code: "not-found" } });
  });
});
