/** Bodies that were compressed unasked: decoded piece by piece, and bounded. */
import { brotliCompressSync, constants, createGzip, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { clientFor, collect, failureOf, never, session } from "../testing/client.ts";
import { startService, type Play } from "../testing/service.ts";
import { answer, begun, messageId, sameAnswer } from "../testing/variants.ts";

const stream = sameAnswer["named events"] ?? "";
const question = { project: 5, session, prompt: "Who is Professor Mois ture" };
const encodings: [string, (text: string) => Buffer][] = [
  ["gzip", gzipSync],
  ["X-GZIP", gzipSync],
  ["deflate", deflateSync],
  ["deflate", deflateRawSync],
  ["br", brotliCompressSync],
  ["identity, gzip", gzipSync],
  ["deflate, gzip", (text) => gzipSync(deflateSync(text))],
];

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

function send(response: ServerResponse, encoding: string, bytes: Buffer, status = 200) {
  response.writeHead(status, { "content-encoding": encoding, "content-length": bytes.length });
  response.end(bytes);
}

describe.each(encodings)("%s", (encoding, encode) => {
  it("on JSON", async () => {
    const record = { id: 1, user_query: "Q", openai_response: answer };
    const { upstream } = await serve(({ path, method }, response) => {
      if (method === "POST") return send(response, encoding, encode(`{"data":{"session_id":"${session}"}}`));
      if (path.includes("messages")) return send(response, encoding, encode(JSON.stringify([record])));
      send(response, encoding, encode('{"data":{"chatbot_title":"T"}}'));
    });
    expect(await upstream.startConversation(5, "N", never)).toBe(session);
    expect((await upstream.profile(5, never)).title).toBe("T");
    expect(await upstream.messages(5, session, never)).toMatchObject([{ id: 1, answer }]);
  });

  it("on an error", async () => {
    const { upstream, log } = await serve((_, response) =>
      send(response, encoding, encode('{"data":{"message":"You have exhausted your credits"}}'), 429),
    );
    expect(await failureOf(upstream.startConversation(5, "N", never))).toMatchObject({
      code: "budget-used-up",
    });
    expect(log[0]?.detail).toBe("429 credits or queries used up (json, 54 characters)");
  });

  it("on an answer, without reading the stored messages", async () => {
    const { upstream, service } = await serve((asked, response) => {
      if (asked.method === "POST") return send(response, encoding, encode(stream));
      send(response, "identity", Buffer.from('{"data":{"url":null,"title":"T"}}'));
    });
    const heard = collect();
    expect(await upstream.ask(question, heard.sink, never)).toEqual({ message: messageId });
    expect(heard.text()).toBe(answer);
    expect(service.calls().filter((call) => call.startsWith("GET") && call.includes("messages"))).toEqual([]);
  });
});

it("an encoded answer is passed on while it is still being written", async () => {
  const { upstream } = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    const gzip = createGzip();
    gzip.pipe(response);
    gzip.write(begun(3));
    gzip.flush(constants.Z_SYNC_FLUSH);
  });
  const heard = collect();
  const leaving = new AbortController();
  const asking = upstream.ask(question, heard.sink, leaving.signal);
  asking.catch(() => undefined);
  await expect.poll(() => heard.text()).toBe("Grüße 👋");
  leaving.abort(new Error("stopped"));
  await expect(asking).rejects.toThrow("stopped");
});

describe("an encoding that cannot be decoded", () => {
  it.each([
    ["damaged", "gzip", Buffer.from("this is no gzip")],
    [
      "damaged in the middle",
      "br",
      Buffer.from([...brotliCompressSync("x".repeat(500)).subarray(0, 6), 9, 9, 9]),
    ],
    ["of an unknown encoding", "zstd", Buffer.from("{}")],
    [
      "small on the wire and beyond all bounds behind it",
      "gzip",
      gzipSync(Buffer.alloc(9 * 1024 * 1024, 32)),
    ],
    ["cut short", "gzip", gzipSync('{"data":{"session_id":"s"}}').subarray(0, 25)],
  ])("is upstream being down: a body %s", async (_, encoding, bytes) => {
    const { upstream } = await serve((_asked, response) => send(response, encoding, bytes));
    expect(await failureOf(upstream.startConversation(5, "N", never))).toMatchObject({
      code: "upstream-down",
    });
  });

  it("an empty body is empty in any encoding", async () => {
    const { upstream } = await serve((_, response) => send(response, "gzip", Buffer.alloc(0)));
    await expect(upstream.forget(5, session, never)).resolves.toBeUndefined();
  });

  it("an endless body ends the connection", async () => {
    const { upstream, service } = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      const gzip = createGzip();
      gzip.pipe(response);
      const more = () => gzip.write(Buffer.alloc(65_536, 32), () => setImmediate(more));
      more();
      response.on("close", () => gzip.destroy());
    });
    expect(await failureOf(upstream.startConversation(5, "N", never))).toMatchObject({
      code: "upstream-down",
    });
    expect(await service.asked[0]?.left).toBe(true);
  });
});
