/** Calls besides questions, against a service on loopback: conversations, transcripts, ratings, deletion. */
import { afterEach, describe, expect, it } from "vitest";
import { clientFor, collect, failureOf, key, never, session } from "./testing/client.ts";
import { type Play, refuse, sendJson, startService } from "./testing/service.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function serve(play: Play) {
  const service = await startService(play);
  const client = clientFor(service.base);
  endings.push(
    () => client.upstream.close(),
    () => service.close(),
  );
  return { ...client, service };
}

describe("beginning a conversation", () => {
  it("sends its name and takes the session id", async () => {
    const { upstream, service } = await serve((_, response) =>
      sendJson(response, 201, { data: { id: 219, session_id: session, name: "N" }, status: "success" }),
    );
    expect(await upstream.startConversation(529, "A visit", never)).toBe(session);
    expect(service.calls()).toEqual(["POST /projects/529/conversations"]);
    expect(service.asked[0]?.body).toBe('{"name":"A visit"}');
    expect(service.asked[0]?.headers).toMatchObject({
      accept: "application/json",
      authorization: `Bearer ${key}`,
    });
  });

  it.each([
    ["missing", { id: 219 }],
    ["a number", { session_id: 219 }],
    ["a path", { session_id: "../../../1/conversations/x" }],
    ["too long", { session_id: "x".repeat(129) }],
    ["with a line end", { session_id: `${session}\n` }],
  ])("rejects a session id that is %s", async (_, data) => {
    const { upstream } = await serve((_asked, response) =>
      sendJson(response, 201, { data, status: "success" }),
    );
    expect(await failureOf(upstream.startConversation(1, "N", never))).toMatchObject({
      code: "upstream-down",
    });
  });
});

describe("a response other than JSON", () => {
  const html: Play = (_, response) => {
    response.writeHead(502, { "content-type": "text/html" });
    response.end("<html><title>502 Bad Gateway</title>");
  };
  const endless: Play = (_, response) => {
    response.writeHead(500);
    const more = () => response.write("x".repeat(65_536), () => setImmediate(more));
    more();
  };
  it.each<[string, Play, string, RegExp]>([
    ["an HTML 502", html, "upstream-down", /^502 service unavailable \(html, \d+ characters\)$/],
    [
      "an HTML 200",
      (_, response) => void response.end("<h1>Login</h1>"),
      "upstream-down",
      /^200 \(html, 14 characters\)$/,
    ],
    ["an empty 500", (_, response) => void response.writeHead(500).end(), "upstream-down", /^500 \(empty\)$/],
    ["an endless 500", endless, "upstream-down", /^500 \(text, \d+ characters\)$/],
    [
      "a redirect",
      (_, response) => void response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
      "upstream-down",
      /^302 \(a redirect, not followed\)$/,
    ],
    ["a reset", (_, response) => void response.destroy(), "upstream-down", /^broken/],
    ["silence", () => undefined, "upstream-down", /^timeout/],
    [
      "an error inside a success",
      (_, response) => sendJson(response, 200, { status: "error", data: { code: 403, message: "No" } }),
      "agent-unavailable",
      /^403 \(json, \d+ characters\)$/,
    ],
    [
      "a key in an error",
      (_, response) => refuse(response, 401, `Bearer ${key} is invalid`),
      "agent-unavailable",
      /^401 a field missing or invalid \(json, \d+ characters\)$/,
    ],
    [
      "a key in a success",
      (_, response) => sendJson(response, 200, { data: { session_id: session, name: key } }),
      "agent-unavailable",
      /sent our own key back/,
    ],
  ])("%s becomes a problem code, and a phrase of ours in the log", async (_, play, code, detail) => {
    const { upstream, log, service } = await serve(play);
    expect(await failureOf(upstream.startConversation(1, "N", never))).toMatchObject({ code });
    expect(log).toMatchObject([
      { call: "begin", project: 1, problem: code, detail: expect.stringMatching(detail) },
    ]);
    expect(service.asked).toHaveLength(1);
    expect(JSON.stringify(log).length).toBeLessThan(700);
  });

  it("an unreachable service", async () => {
    const { upstream, service, log } = await serve(() => undefined);
    await service.close();
    endings.pop();
    expect(await failureOf(upstream.startConversation(1, "N", never))).toMatchObject({
      code: "upstream-down",
    });
    expect(log[0]?.detail).toMatch(/^broken: ECONNREFUSED/);
  });
});

describe("ids", () => {
  it.each(["..", "a/b", "a%2fb", "", "a b", "ä", "x?y", "x#y", `${session}\r\n`])(
    "the session id %j never enters a path",
    async (bad) => {
      const { upstream, service } = await serve((_, response) => sendJson(response, 200, {}));
      const question = { project: 1, session: bad, prompt: "Hi" };
      expect(await failureOf(upstream.ask(question, collect().sink, never))).toMatchObject({
        code: "not-found",
      });
      expect(await failureOf(upstream.messages(1, bad, never))).toMatchObject({ code: "not-found" });
      expect(await failureOf(upstream.react(1, bad, 1, "liked", never))).toMatchObject({ code: "not-found" });
      expect(service.asked).toEqual([]);
    },
  );

  it.each([1.5, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])("nor does the number %d", async (bad) => {
    const { upstream, service } = await serve((_, response) => sendJson(response, 200, {}));
    expect(await failureOf(upstream.react(1, session, bad, "liked", never))).toMatchObject({
      code: "not-found",
    });
    expect(await failureOf(upstream.profile(bad, never))).toMatchObject({ code: "agent-unavailable" });
    expect(service.asked).toEqual([]);
  });
});

describe("the transcript", () => {
  const record = (id: number, more: object = {}) => ({
    id,
    user_query: `Q${id}`,
    openai_response: `A${id}`,
    citations: [],
    response_feedback: null,
    metadata: { user_ip: "10.0.0.1" },
    ...more,
  });
  const told = (id: number) => ({
    id,
    prompt: `Q${id}`,
    answer: `A${id}`,
    citations: [],
    reaction: "neutral",
  });

  it("joins all pages, oldest first, with sources and reactions", async () => {
    const pages: Record<string, unknown[]> = {
      "1": [
        record(9, { citations: ["7.0"], response_feedback: { reaction: "liked" } }),
        { ...record(8), id: "8" },
      ],
      "2": [record(8), record(2, { openai_response: null, response: "old" }), record(10)],
    };
    const { upstream, service } = await serve(({ path }, response) => {
      if (path.includes("/citations/")) return sendJson(response, 200, { data: { title: "T", url: null } });
      const page = new URL(path, "http://x").searchParams.get("page") ?? "1";
      const next_page_url = page === "1" ? "http://evil.example/steal" : null;
      sendJson(response, 200, {
        data: { messages: { data: pages[page], next_page_url } },
        status: "success",
      });
    });
    expect(await upstream.messages(5, session, never)).toEqual([
      { ...told(2), answer: "old" },
      told(8),
      {
        ...told(9),
        reaction: "liked",
        citations: [{ id: "1", title: "T", url: null, description: null, image: null }],
      },
      told(10),
    ]);
    expect(service.calls()).toEqual([
      `GET /projects/5/conversations/${session}/messages?page=1&order=desc`,
      `GET /projects/5/conversations/${session}/messages?page=2&order=desc`,
      "GET /projects/5/citations/7",
    ]);
  });

  it.each([
    ["documented", { data: { messages: { data: [record(1)] } } }],
    ["a list of messages", { data: { messages: [record(1)] } }],
    ["a paginator as data", { data: { data: [record(1)], current_page: 1, last_page: 1 } }],
    ["a list as data", { data: [record(1)] }],
    ["no envelope", { messages: { data: [record(1)] } }],
    ["only a list", [record(1)]],
    ["a list with numbers for keys", { data: { messages: { data: { 0: record(1) } } } }],
    ["a list with gaps", { data: { messages: { data: { 3: null, 7: record(1) } } } }],
    ["messages with numbers for keys", { data: { messages: { 0: record(1) } } }],
    ["data with numbers for keys", { data: { 0: record(1) } }],
    [
      "a list with response",
      { data: { messages: { data: [{ ...record(1), openai_response: "", response: "A1" }] } } },
    ],
    ["a list with response alone", { data: [{ id: 1, user_query: "Q1", response: "A1" }] }],
    ["some records broken", { data: { messages: { data: [null, 5, {}, { id: "x" }, record(1)] } } }],
  ])("is read from %s", async (_, body) => {
    const { upstream } = await serve((_asked, response) => sendJson(response, 200, body));
    expect(await upstream.messages(5, session, never)).toEqual([told(1)]);
  });

  it.each([
    ["says the same page again and again", () => [record(1)], 2],
    ["never ends", (page: number) => [record(page)], 10],
  ])("ends when the service %s", async (_, data, calls) => {
    const { upstream, service } = await serve(({ path }, response) => {
      const page = Number(new URL(path, "http://x").searchParams.get("page"));
      sendJson(response, 200, {
        data: { messages: { data: data(page), current_page: page, last_page: page + 1 } },
      });
    });
    await upstream.messages(5, session, never);
    expect(service.asked).toHaveLength(calls);
  });

  it("of a long conversation has its newest ten pages, in either order of the service", async () => {
    const ids = Array.from({ length: 24 }, (_, at) => at + 1);
    for (const all of [ids, ids.toReversed()]) {
      const { upstream } = await serve(({ path }, response) => {
        const page = Number(new URL(path, "http://x").searchParams.get("page"));
        const data = all.slice(page * 2 - 2, page * 2).map((id) => record(id));
        sendJson(response, 200, { data: { messages: { data, current_page: page, last_page: 12 } } });
      });
      const transcript = await upstream.messages(5, session, never);
      expect(transcript.map(({ id }) => id)).toEqual(ids.slice(4));
    }
  });

  it.each([
    ["an empty list", { data: { messages: { data: [] } } }],
    ["an empty list as an object", { data: { messages: { data: {}, total: 0 } } }],
    ["nothing but an empty list", { data: [] }],
  ])("is empty from %s", async (_, body) => {
    const { upstream } = await serve((_asked, response) => sendJson(response, 200, body));
    expect(await upstream.messages(5, session, never)).toEqual([]);
  });

  it.each([
    ["null", null],
    ["an empty object", {}],
    ["data that is null", { data: null }],
    ["data that is empty", { data: {} }],
    ["messages that are text", { data: { conversation: {}, messages: "none" } }],
    ["a list that is text", { data: { messages: { data: "none" } } }],
    ["a list with names for keys", { data: { messages: { data: { one: record(1) } } } }],
    ["records nobody can read", { data: { messages: { data: [1, { id: "x" }] } } }],
  ])("that is invalid is not an empty one: %s", async (_, body) => {
    const { upstream } = await serve((_asked, response) => sendJson(response, 200, body));
    expect(await failureOf(upstream.messages(5, session, never))).toMatchObject({ code: "upstream-down" });
  });

  it("of an unknown conversation is not found", async () => {
    const { upstream } = await serve((_, response) => refuse(response, 404, "Conversation not found"));
    expect(await failureOf(upstream.messages(5, session, never))).toMatchObject({ code: "not-found" });
  });
});

describe("a health check of the agent", () => {
  it("is one call for its settings without the cache, and fails when they are missing", async () => {
    let isDown = false;
    const { upstream, service } = await serve((_, response) =>
      isDown ? refuse(response, 500, "Oh") : sendJson(response, 200, { data: { chatbot_title: "A" } }),
    );
    await upstream.profile(5, never);
    const before = service.asked.length;
    await upstream.checkAgent(5, never);
    expect(service.calls().slice(before)).toEqual(["GET /projects/5/settings"]);
    isDown = true;
    expect(await failureOf(upstream.checkAgent(5, never))).toMatchObject({ code: "upstream-down" });
  });

  it.each([[[]], [{}]])("takes %j for settings, as PHP writes none", async (data) => {
    const { upstream } = await serve((_, response) => sendJson(response, 200, { data }));
    await expect(upstream.checkAgent(5, never)).resolves.toBeUndefined();
  });
});

describe("a session this caller may no longer use", () => {
  const forbidden: Play = ({ path, method }, response) =>
    method === "POST" && path.endsWith("/conversations")
      ? sendJson(response, 201, { data: { session_id: session } })
      : refuse(response, 403, "This conversation is not accessible");
  const question = { project: 5, session, prompt: "Hi" };

  it("is not found, so that the visitor can start over", async () => {
    const { upstream } = await serve(forbidden);
    expect(await failureOf(upstream.messages(5, session, never))).toMatchObject({ code: "not-found" });
    const asking = upstream.ask(question, collect().sink, never);
    expect(await failureOf(asking)).toMatchObject({ code: "not-found" });
  });

  it("is `agent-unavailable` when it is new, since starting over would not help", async () => {
    const { upstream } = await serve(forbidden);
    await upstream.startConversation(5, "N", never);
    const codes = [];
    for (let count = 0; count < 2; count++) {
      codes.push((await failureOf(upstream.ask(question, collect().sink, never))).code);
    }
    expect(codes).toEqual(["agent-unavailable", "not-found"]);
  });

  it("does not count as deleted", async () => {
    const { upstream } = await serve(forbidden);
    expect(await failureOf(upstream.forget(5, session, never))).toMatchObject({ code: "agent-unavailable" });
  });

  it("differs from an agent that no caller may use", async () => {
    const { upstream } = await serve((_, response) => refuse(response, 403, "No"));
    expect(await failureOf(upstream.startConversation(5, "N", never))).toMatchObject({
      code: "agent-unavailable",
    });
    expect(await failureOf(upstream.profile(5, never))).toMatchObject({ code: "agent-unavailable" });
  });
});

describe("reacting and forgetting", () => {
  it("puts the reaction", async () => {
    const { upstream, service } = await serve((_, response) =>
      sendJson(response, 200, { status: "success", data: {} }),
    );
    await upstream.react(5, session, 433, "disliked", never);
    expect(service.calls()).toEqual([`PUT /projects/5/conversations/${session}/messages/433/feedback`]);
    expect(service.asked[0]?.body).toBe('{"reaction":"disliked"}');
  });

  it("an unknown message is not found", async () => {
    const { upstream } = await serve((_, response) =>
      refuse(response, 404, "Conversation message with id 1 not found"),
    );
    expect(await failureOf(upstream.react(5, session, 1, "liked", never))).toMatchObject({
      code: "not-found",
    });
  });

  it.each([
    ["deleted", 200],
    ["gone already", 404],
  ])("forgets a conversation that is %s", async (_, status) => {
    const { upstream, service, log } = await serve((_asked, response) =>
      status === 200
        ? void response.writeHead(204).end()
        : refuse(response, status, "Conversation not found"),
    );
    await upstream.forget(5, session, never);
    expect(service.calls()).toEqual([`DELETE /projects/5/conversations/${session}`]);
    expect(service.asked[0]?.headers["content-type"]).toBeUndefined();
    expect(log).toEqual([]);
  });

  it("reports a failed deletion", async () => {
    const { upstream } = await serve((_, response) => refuse(response, 500, "Internal Server Error"));
    expect(await failureOf(upstream.forget(5, session, never))).toMatchObject({ code: "upstream-down" });
  });
});

it("every call rejects with the signal's reason when its caller has aborted", async () => {
  const { upstream, service, log } = await serve(() => undefined);
  const calls = (signal: AbortSignal) => [
    upstream.profile(1, signal),
    upstream.startConversation(1, "N", signal),
    upstream.ask({ project: 1, session, prompt: "Hi" }, collect().sink, signal),
    upstream.messages(1, session, signal),
    upstream.react(1, session, 1, "liked", signal),
    upstream.forget(1, session, signal),
    upstream.picture(`${service.origin}/a.png`, signal),
  ];
  const leaving = new AbortController();
  const reason = new Error("left");
  const early = calls(AbortSignal.abort(reason));
  const settled = Promise.allSettled([...early, ...calls(leaving.signal)]);
  await expect.poll(() => service.asked.length, { timeout: 10_000 }).toBe(8);
  leaving.abort(reason);
  const results = await settled;
  expect(results.every((result) => result.status === "rejected" && result.reason === reason)).toBe(true);
  expect(await Promise.all(service.asked.map(({ left }) => left))).toEqual(
    Array.from({ length: 8 }, () => true),
  );
  expect(log).toEqual([]);
}, 20_000);

it("base addresses with and without a closing slash mean the same", async () => {
  const { service } = await serve((_, response) => sendJson(response, 200, { data: { session_id: "s" } }));
  const { upstream } = clientFor(new URL(`${service.base.href}/`));
  endings.push(() => upstream.close());
  await upstream.startConversation(1, "N", never);
  expect(service.calls()).toEqual(["POST /projects/1/conversations"]);
});
