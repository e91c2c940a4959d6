/** Questions to a service on loopback: sent once, answered whole, completed from stored messages, or cut. */
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { clientFor, collect, failureOf, key, never, session } from "../testing/client.ts";
import { type Asked, beginStream, type Play, refuse, sendJson, startService } from "../testing/service.ts";
import { answer, begun, messageId, pieces, sameAnswer, withoutId } from "../testing/variants.ts";

const question = { project: 529, session, prompt: "Who is Professor Mois ture" };
const messagesPath = `/projects/529/conversations/${session}/messages`;
const record = {
  id: messageId,
  user_query: ` ${question.prompt}\n`,
  openai_response: answer,
  citations: [12074],
  response_feedback: null,
};

let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

/** A service that plays `send` for the question, and knows `stored` messages and every citation. */
async function ask(
  send: Play,
  options: {
    stored?: unknown[];
    /** What a page of stored messages has in place of all of them. */
    page?: (number: number) => object;
    newerThan?: number;
    signal?: AbortSignal;
  } = {},
) {
  const service = await startService((asked, response) => {
    if (asked.method === "POST") return send(asked, response);
    if (asked.path.startsWith(messagesPath)) {
      const number = Number(new URL(asked.path, "http://x").searchParams.get("page"));
      const all = { current_page: 1, data: options.stored ?? [], next_page_url: null };
      const messages = options.page?.(number) ?? all;
      return sendJson(response, 200, { data: { conversation: {}, messages }, status: "success" });
    }
    const id = Number(asked.path.split("/").pop());
    sendJson(response, 200, {
      status: "success",
      data: { id, url: `https://example.com/${id}`, title: `T${id}` },
    });
  });
  const client = clientFor(service.base);
  stop = async () => {
    await client.upstream.close();
    await service.close();
  };
  const heard = collect();
  const { newerThan, signal = never } = options;
  const asking = client.upstream.ask(
    { ...question, ...(newerThan === undefined ? {} : { newerThan }) },
    heard.sink,
    signal,
  );
  return {
    asking,
    service,
    heard,
    ...client,
    sent: () => service.asked.filter(({ method }) => method === "POST"),
  };
}

const stream = (text: string) => (_: Asked, response: ServerResponse) => {
  beginStream(response);
  response.end(text);
};

describe("a question", () => {
  it("is sent once, with the documented fields only", async () => {
    const { asking, sent } = await ask(stream(sameAnswer["named events"] ?? ""));
    await asking;
    expect(sent()).toHaveLength(1);
    const [{ path, headers, body }] = [...sent(), { path: "", headers: {}, body: "{}" }];
    expect(path).toBe(`${messagesPath}?stream=true`);
    expect(JSON.parse(body)).toEqual({ prompt: question.prompt, response_source: "default", stream: true });
    const { host, connection, "content-length": length, ...ours } = headers;
    expect([host, connection, length].every(Boolean)).toBe(true);
    expect(ours).toEqual({
      authorization: `Bearer ${key}`,
      accept: "text/event-stream",
      "accept-encoding": "identity",
      "content-type": "application/json",
      "user-agent": "customgpt-widget-proxy",
    });
  });

  it("contains the page and the language when they are given", async () => {
    const service = await startService(stream(sameAnswer["named events"] ?? ""));
    const { upstream } = clientFor(service.base);
    stop = () => upstream.close().then(() => service.close());
    const page = { title: "Prices\n & plans", url: "https://shop.example/prices" };
    await upstream.ask({ ...question, language: "pt-BR", page }, collect().sink, never);
    await upstream.ask({ ...question, language: "../x&y=1" }, collect().sink, never);
    const [first, second] = service.asked.filter(({ method }) => method === "POST");
    expect(first?.path).toBe(`${messagesPath}?stream=true&lang=pt-BR`);
    expect(second?.path).toBe(`${messagesPath}?stream=true`);
    expect(JSON.parse(first?.body ?? "{}")).toMatchObject({
      custom_context: expect.stringContaining("Prices & plans - https://shop.example/prices"),
    });
  });

  it("is answered piece by piece, then sources, then done", async () => {
    const { asking, heard } = await ask(stream(sameAnswer["data-only events"] ?? ""));
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
    expect(heard.citations).toEqual([
      [
        { id: "1", title: "T12074", url: "https://example.com/12074", description: null, image: null },
        { id: "2", title: "T12061", url: "https://example.com/12061", description: null, image: null },
      ],
    ]);
  });

  it("is passed on while it is being written", async () => {
    let finish: () => void = () => undefined;
    const { asking, heard } = await ask((_, response) => {
      beginStream(response);
      response.write(begun(3));
      finish = () => response.end((sameAnswer["named events"] ?? "").slice(begun(3).length));
    });
    await expect.poll(() => heard.text()).toBe("Grüße 👋");
    finish();
    await asking;
    expect(heard.text()).toBe(answer);
  });

  it("ends with the finish even when the service keeps the connection open", async () => {
    const { asking, sent } = await ask((_, response) => {
      beginStream(response);
      response.write(sameAnswer["named events"] ?? "");
    });
    expect(await asking).toEqual({ message: messageId });
    expect(await sent()[0]?.left).toBe(true);
  });

  it("may be answered by JSON although a stream was asked for", async () => {
    const { asking, heard } = await ask((_, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(sameAnswer["one JSON body"]);
    });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
  });
});

describe("an answer without its id", () => {
  it.each(Object.entries(withoutId))("finds it in the stored messages: %s", async (_, text) => {
    const { asking, heard, service } = await ask(stream(text), { stored: [record] });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
    expect(heard.citations[0]).toHaveLength(1 + Number(text.includes("12061")));
    expect(service.calls().filter((call) => call.includes("page=1"))).toHaveLength(1);
  });

  it("cannot be rated when it is not stored", async () => {
    const { asking, waits } = await ask(stream(withoutId["[DONE] in place of finish"] ?? ""));
    expect(await asking).toEqual({ message: null });
    expect(waits).toEqual([]);
  });
});

describe("a stream that ends too early", () => {
  const broken: Record<string, Play> = {
    "the end of the body": stream(begun(4)),
    "a reset": (_, response) => {
      beginStream(response);
      response.write(begun(4), () => setTimeout(() => response.destroy(), 20));
    },
    silence: (_, response) => {
      beginStream(response);
      response.write(begun(4));
    },
    "an empty body": stream(""),
    "a format nobody knows": stream("what is this\nand this\n"),
  };

  it.each(Object.entries(broken))("is completed from the stored message after %s", async (_, play) => {
    const { asking, heard, sent, log } = await ask(play, { stored: [record], newerThan: 400 });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
    expect(heard.citations).toHaveLength(1);
    expect(sent()).toHaveLength(1);
    expect(log).toMatchObject([{ call: "ask", project: 529, problem: null }]);
  });

  it.each(Object.entries(broken))("is cut when nothing fitting is stored after %s", async (_, play) => {
    const stored = [
      { ...record, id: 400 },
      { ...record, id: 401, user_query: "Another question" },
      { ...record, id: 402, openai_response: "" },
      { ...record, id: 403, openai_response: null },
    ];
    const { asking, heard, sent, waits, service } = await ask(play, { stored, newerThan: 400 });
    expect(await failureOf(asking)).toMatchObject({ code: "answer-cut" });
    expect(answer.startsWith(heard.text())).toBe(true);
    expect(heard.citations).toEqual([]);
    expect(sent()).toHaveLength(1);
    expect(waits).toEqual([500, 1500, 3000]);
    expect(service.asked).toHaveLength(5);
  });

  it("uses no stored answer that begins differently from the streamed text", async () => {
    const { asking } = await ask(stream(begun(4)), {
      stored: [{ ...record, openai_response: "Something else" }],
    });
    expect(await failureOf(asking)).toMatchObject({ code: "answer-cut" });
  });

  it("uses the newest of two answers to the same question", async () => {
    const stored = [{ ...record, id: 432, openai_response: `${answer} (old)` }, record];
    const { asking, heard } = await ask(stream(begun(2)), { stored });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
  });

  it.each([null, "", undefined])("reads a stored answer under its other name beside %s", async (empty) => {
    const stored = [{ ...record, openai_response: empty, response: answer }];
    const { asking, heard } = await ask(stream(begun(2)), { stored });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
  });

  it("ignores other line ends, spaces and composition of accents in the stored answer", async () => {
    const frames = ["Cafe\u0301\n", "is  open", " today"].map(
      (message) => `data: ${JSON.stringify({ message })}\n\n`,
    );
    const stored = [{ ...record, openai_response: "Caf\u00e9\r\nis open today\r\nand tomorrow" }];
    const { asking, heard } = await ask(stream(frames.join("")), { stored });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe("Cafe\u0301\nis  open today\nand tomorrow");
  });

  const old = Array.from({ length: 25 }, (_, at) => ({ ...record, id: 400 + at, user_query: `Old ${at}` }));
  const pagesOf = (all: unknown[], pages: object) => (number: number) => ({
    current_page: number,
    data: all.slice((number - 1) * 20, number * 20),
    ...pages,
  });
  it.each([
    ["says how many pages there are", [...old, record], { last_page: 2, next_page_url: null }],
    ["says so as text", [...old, record], { last_page: "2" }],
    ["says how many messages there are", [...old, record], { total: 26, per_page: "20" }],
  ])(
    "is completed from the last page when the oldest come first and the service %s",
    async (_, all, pages) => {
      const { asking, heard, service, waits } = await ask(stream(begun(4)), { page: pagesOf(all, pages) });
      expect(await asking).toEqual({ message: messageId });
      expect([heard.text(), waits]).toEqual([answer, []]);
      expect(service.calls().filter((call) => call.includes("page=2"))).toHaveLength(1);
    },
  );

  it("is completed from the first page alone when the newest come first", async () => {
    const page = pagesOf([record, ...old.toReversed()], { last_page: 2 });
    const { asking, service } = await ask(stream(begun(4)), { page });
    expect(await asking).toEqual({ message: messageId });
    expect(service.calls().filter((call) => call.includes("page=2"))).toEqual([]);
  });

  it("ignores white space around the stored answer", async () => {
    const { asking, heard } = await ask(stream('data: {"message":"\\n Hello "}\n\n'), {
      stored: [{ ...record, openai_response: "Hello\nthere" }],
    });
    await asking;
    expect(heard.text()).toBe("\n Hello \nthere");
  });

  it("is `upstream-down` when no text arrived in time", async () => {
    const { asking } = await ask((_, response) => beginStream(response));
    expect(await failureOf(asking)).toMatchObject({ code: "upstream-down" });
  });

  it("finds an answer that is stored a little later", async () => {
    const stored: unknown[] = [];
    const { asking, heard, waits } = await ask(
      (_, response) => {
        beginStream(response);
        response.end(begun(pieces.length - 1));
        setTimeout(() => stored.push(record), 1);
      },
      { stored },
    );
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
    expect(waits.length).toBeLessThanOrEqual(3);
  });
});

describe("a connection that fails after the question was sent, before any answer", () => {
  const plays: Record<string, Play> = {
    "a reset": (_, response) => void response.destroy(),
    "100 Continue, which undici takes for a broken answer": (_, response) => {
      response.writeContinue();
      beginStream(response);
      response.end(sameAnswer["named events"]);
    },
    "words that are no HTTP": (_, response) => void response.socket?.end("HTTP/1.1 banana\r\n\r\n"),
    "silence beyond the limit": () => undefined,
  };

  it.each(Object.entries(plays))("is answered from the stored message after %s", async (_, play) => {
    const { asking, heard, sent, log } = await ask(play, { stored: [record], newerThan: 400 });
    expect(await asking).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
    expect(sent()).toHaveLength(1);
    expect(log).toMatchObject([{ call: "ask", problem: null }]);
  });

  it.each(Object.entries(plays))("is `upstream-down` when nothing is stored after %s", async (_, play) => {
    const { asking, sent, waits } = await ask(play, { newerThan: 400 });
    expect(await failureOf(asking)).toMatchObject({ code: "upstream-down" });
    expect(sent()).toHaveLength(1);
    expect(waits).toEqual([500, 1500, 3000]);
  });

  it("is `upstream-down` at once when nothing was sent", async () => {
    const service = await startService(() => undefined);
    const { upstream, waits, log } = clientFor(service.base);
    await service.close();
    expect(await failureOf(upstream.ask(question, collect().sink, never))).toMatchObject({
      code: "upstream-down",
    });
    await upstream.close();
    expect(waits).toEqual([]);
    expect(log[0]?.detail).toMatch(/^broken: ECONNREFUSED/);
  });
});

describe("an answer that is finished but empty", () => {
  const empty: Record<string, Play> = {
    "a finish with its id": stream('data: {"status":"finish","id":433,"citations":[]}\n\n'),
    "a finish after white space": stream(
      'data: {"message":" \\n"}\n\ndata: {"status":"finish","id":433}\n\n',
    ),
    "[DONE] alone": stream("data: [DONE]\n\n"),
    "JSON with null": (_, response) =>
      sendJson(response, 200, { status: "success", data: { ...record, openai_response: null } }),
    "JSON with nothing": (_, response) =>
      sendJson(response, 200, { data: { ...record, openai_response: "" } }),
  };

  it.each(Object.entries(empty))(
    "is read from the stored message, requested at once: %s",
    async (_, play) => {
      const { asking, heard, waits, log } = await ask(play, { stored: [record] });
      expect(await asking).toEqual({ message: messageId });
      expect([heard.text().trim(), waits]).toEqual([answer, []]);
      expect(log).toMatchObject([{ problem: null, detail: "the answer was finished without text" }]);
    },
  );

  it.each(Object.entries(empty))(
    "is cut, without more tries, when that is empty too: %s",
    async (_, play) => {
      const stored = [{ ...record, openai_response: null }];
      const { asking, waits, service, log } = await ask(play, { stored });
      expect(await failureOf(asking)).toMatchObject({ code: "answer-cut" });
      expect([waits, service.asked.length]).toEqual([[], 2]);
      expect(log).toMatchObject([{ problem: "answer-cut", detail: "the answer was finished without text" }]);
    },
  );
});

describe("an error inside the stream", () => {
  const telling = (fields: object) => stream(`data: ${JSON.stringify({ status: "error", ...fields })}\n\n`);

  it.each([
    ["used up", { message: "You have exhausted your current query credits." }, "budget-used-up"],
    ["too fast", { error: "Too many requests" }, "upstream-busy"],
    ["too fast", { error: { message: "Rate limit reached" } }, "upstream-busy"],
    ["unknown", { data: { message: "Internal Server Error" } }, "upstream-down"],
    ["wordless", {}, "upstream-down"],
  ])("before any text has the code of its message: %s", async (_, fields, code) => {
    const { asking, waits } = await ask(telling(fields), { stored: [record] });
    expect(await failureOf(asking)).toMatchObject({ code });
    expect(waits).toEqual([]);
  });

  it("after some text means the answer is cut", async () => {
    const { asking, heard } = await ask(
      stream(`${begun(3)}data: {"status":"error","message":"credits"}\n\n`),
    );
    expect(await failureOf(asking)).toMatchObject({ code: "answer-cut" });
    expect(heard.text()).toBe("Grüße 👋");
  });

  it("keeps key, question and session out of the log", async () => {
    const words = `key ${key} on ${session} asked: ${question.prompt}`;
    const { asking, log } = await ask(telling({ message: words }));
    await failureOf(asking);
    expect(log).toHaveLength(1);
    expect(log[0]?.detail).toMatch(/^error in the stream: \(\d+ characters\)$/);
  });

  it.each([
    ["as it was", (text: string) => text],
    ["cut short", (text: string) => `${text.slice(0, 25)}...`],
    ["escaped for HTML", (text: string) => text.replaceAll("<", "&lt;").replaceAll('"', "&quot;")],
    ["in capitals", (text: string) => text.toUpperCase()],
    ["as JSON in JSON", (text: string) => JSON.stringify(JSON.stringify({ prompt: text }))],
    ["in an address", (text: string) => `GET /x?prompt=${encodeURIComponent(text)}`],
  ])("keeps a question that upstream repeats %s out of the log", async (_, altered) => {
    const secret = { ...question, prompt: 'Is my "secret" <b>\n5551234 known, and to whom?' };
    for (const send of [
      stream(
        `data: ${JSON.stringify({ status: "error", message: `failed: ${altered(secret.prompt)}` })}\n\n`,
      ),
      (_asked: Asked, response: ServerResponse) => refuse(response, 500, `failed: ${altered(secret.prompt)}`),
      (_asked: Asked, response: ServerResponse) =>
        void response.writeHead(502).end(`<title>${altered(secret.prompt)}`),
    ]) {
      const service = await startService(send);
      const { upstream, log } = clientFor(service.base);
      await failureOf(upstream.ask(secret, collect().sink, never));
      await upstream.close();
      await service.close();
      expect(log).toHaveLength(1);
      expect(JSON.stringify(log)).not.toMatch(/secret|5551234|known/i);
    }
  });
});

describe("the key in an answer", () => {
  const frame = (message: string) => `data: ${JSON.stringify({ status: "progress", message })}\n\n`;
  const finish = 'data: {"status":"finish","id":1,"citations":[]}\n\n';

  it.each([
    ["in one piece", [`My key is ${key}.`]],
    ["across two pieces", [`My key is ${key.slice(0, 9)}`, `${key.slice(9)}.`]],
    ["letter by letter", `My key is ${key}.`.split("")],
    ["without its number", [`My key is `, key.slice(5, 20), key.slice(20)]],
    ["cut short", [`My key is ${key.slice(0, 20)}`]],
  ])("%s cuts the stream before a byte of it is sent", async (_, texts) => {
    const { asking, heard } = await ask(stream(texts.map(frame).join("") + finish));
    expect(await failureOf(asking)).toMatchObject({ code: "agent-unavailable" });
    expect("My key is ".startsWith(heard.text())).toBe(true);
  });

  it("is not found in text that only begins like it", async () => {
    const texts = ["In 1", "234", "|", "abc we trust, 12"];
    const { asking, heard } = await ask(stream(texts.map(frame).join("") + finish));
    await asking;
    expect(heard.text()).toBe(texts.join(""));
  });

  it("in a source cuts the answer too", async () => {
    const source = { id: 1, citations: [{ title: "x", url: `https://evil.example/?${key.slice(5)}` }] };
    const { asking, heard } = await ask(
      stream(frame("Hi") + `data: ${JSON.stringify({ status: "finish", ...source })}\n\n`),
    );
    expect(await failureOf(asking)).toMatchObject({ code: "agent-unavailable" });
    expect(heard.citations).toEqual([]);
  });
});

describe("aborting", () => {
  const plays: Record<string, Play> = {
    "before the headers": () => undefined,
    "between headers and text": (_, response) => beginStream(response),
    "in mid-answer": (_, response) => {
      beginStream(response);
      response.write(begun(3));
    },
  };

  it.each(Object.entries(plays))("%s closes the upstream connection at once", async (_, play) => {
    const leaving = new AbortController();
    const { asking, sent } = await ask(play, { signal: leaving.signal });
    asking.catch(() => undefined);
    await expect.poll(() => sent().length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const reason = new Error("stopped");
    const before = performance.now();
    leaving.abort(reason);
    await expect(asking).rejects.toBe(reason);
    expect(await sent()[0]?.left).toBe(true);
    expect(performance.now() - before).toBeLessThan(3000);
    expect(sent()).toHaveLength(1);
  });

  it("during the look-up of sources closes those connections too", async () => {
    const service = await startService((asked, response) => {
      if (asked.method !== "POST") return;
      beginStream(response);
      response.end(sameAnswer["named events"]);
    });
    const { upstream } = clientFor(service.base);
    stop = () => upstream.close().then(() => service.close());
    const leaving = new AbortController();
    const heard = collect();
    const asking = upstream.ask(question, heard.sink, leaving.signal);
    asking.catch(() => undefined);
    await expect.poll(() => service.asked.length).toBe(3);
    leaving.abort(new Error("stopped"));
    await expect(asking).rejects.toThrow("stopped");
    expect(await Promise.all(service.asked.map(({ left }) => left))).toEqual([false, true, true]);
    expect([heard.text(), heard.citations]).toEqual([answer, []]);
  });

  it("before the call sends nothing", async () => {
    const { asking, sent } = await ask(() => undefined, { signal: AbortSignal.abort(new Error("gone")) });
    await expect(asking).rejects.toThrow("gone");
    expect(sent()).toHaveLength(0);
  });
});

it.each([
  ["credits or queries used up", 429, "You have exhausted your current query credits.", {}, "budget-used-up"],
  ["throttled", 429, "Too Many Attempts.", { "retry-after": "17" }, "upstream-busy", 17],
  ["token missing or invalid", 401, "API Token is either missing or invalid", {}, "agent-unavailable"],
  ["agent not found", 404, "Agent with id 529 not found", {}, "agent-unavailable"],
  ["conversation not found", 404, "Conversation not found", {}, "not-found"],
  ["a field missing or invalid", 400, "Prompt is required", {}, "bad-request"],
  ["server error", 500, "Internal Server Error", {}, "upstream-down"],
] as const)("a refusal is told as our code and never repeated: %s", async (...row) => {
  const [phrase, status, words, headers, code, wait] = row;
  const { asking, sent, log } = await ask((_asked, response) => refuse(response, status, words, headers));
  const failure = await failureOf(asking);
  expect({ code: failure.code, retryAfter: failure.retryAfter }).toEqual({ code, retryAfter: wait });
  expect(sent()).toHaveLength(1);
  expect(log).toMatchObject([{ call: "ask", project: 529, problem: code }]);
  expect(log[0]?.detail).toMatch(new RegExp(`^${status} ${phrase} \\(json, \\d+ characters\\)$`));
});
