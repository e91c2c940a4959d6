/** Random answers of the service, valid and invalid. */
import * as fc from "fast-check";
import { key, ownNames, session, words } from "./secrets.ts";

/** One answer of upstream's. A `null` status is a connection that breaks before any. */
export type Move = {
  status: number | null;
  headers: Record<string, string>;
  /** null: a valid answer. */
  chunks: Uint8Array[] | null;
  ending: "end" | "broken" | "timeout";
};

const bytesOf = (text: string) => new TextEncoder().encode(text);
const json = JSON.stringify;

const madHeaders: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom("retry-after", "location", "set-cookie", "content-encoding", "content-type", "x-debug"),
  fc.constantFrom(
    words,
    "2",
    "-1",
    "999999999999",
    "Wed, 21 Oct 2099 07:28:00 GMT",
    "gzip",
    "br",
    "identity",
    "https://evil.test/",
    "text/html",
    "text/event-stream",
    "image/png",
  ),
);

const trouble = fc.constantFrom(
  json({ status: "error", url: `https://u.test/${session}`, data: { code: 500, message: words } }),
  json({ message: words, exception: "QueryException", trace: [{ file: words }] }),
  json({ message: words, errors: { prompt: [words] } }),
  json({ error: { message: words, code: 429 } }),
  json({ error: words }),
  json({ detail: words, headers: { authorization: `Bearer ${key}` } }),
  json([words]),
  json(words),
  `<html><title>${words}</title><body>${key}</body></html>`,
  words,
  `${words} ${key} ${session}`,
  "",
);

const junk: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.json({ maxDepth: 3 }).map(bytesOf),
  fc.constantFrom("null", "[]", "{}", '""', "0", "{", "\ufeff", '{"__proto__":{"x":1}}').map(bytesOf),
);

const refusal: fc.Arbitrary<Move> = fc.record({
  status: fc.oneof(
    fc.constantFrom(301, 302, 307, 400, 401, 402, 403, 404, 410, 413, 422, 429, 500, 502, 503, 504),
    fc.integer({ min: 300, max: 599 }),
  ),
  headers: madHeaders,
  chunks: fc.oneof(
    trouble.map((text) => [bytesOf(text)]),
    junk.map((bytes) => [bytes]),
  ),
  ending: fc.constantFrom("end", "end", "broken", "timeout"),
});

const silence: fc.Arbitrary<Move> = fc.record({
  status: fc.constant(null),
  headers: fc.constant({}),
  chunks: fc.constant([]),
  ending: fc.constantFrom("broken", "timeout"),
});

const good: fc.Arbitrary<Move> = fc.constant({ status: 200, headers: {}, chunks: null, ending: "end" });

/** A success status around something else. */
const mad: fc.Arbitrary<Move> = fc.record({
  status: fc.constantFrom(200, 200, 201, 204, 299),
  headers: madHeaders,
  chunks: fc.oneof(
    junk.map((bytes) => [bytes]),
    fc
      .constantFrom(json({ status: "error", data: { message: words } }), `<html>${words}</html>`)
      .map((text) => [bytesOf(text)]),
    fc.constantFrom(...ownNames).map((name) => [bytesOf(json({ data: { session_id: name, [name]: name } }))]),
  ),
  ending: fc.constantFrom("end", "end", "broken", "timeout"),
});

/** Frames that carry the answer's text. */
const speaking = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .chain((text) =>
    fc.constantFrom(
      `event: progress\ndata: ${json({ status: "progress", message: text })}\n\n`,
      `data: ${json({ status: "progress", content: text })}\r\n\r\n`,
      `data:${json({ openai_response: text })}\n\n`,
      `data: ${json({ choices: [{ delta: { content: text } }] })}\n\n`,
    ),
  );

/** Frames in which upstream speaks for itself, and which no visitor may see. */
const ownWords = fc.constantFrom(
  `event: error\ndata: ${words}\n\n`,
  `event: error\ndata: ${json({ message: words })}\n\n`,
  `data: ${json({ status: "error", message: words })}\n\n`,
  `data: ${json({ status: "error", error: { message: words } })}\n\n`,
  `data: ${json({ status: "error", data: { code: 429, message: words } })}\n\n`,
  `data: ${json({ error: words })}\n\n`,
  `data: ${json({ error: { message: words, type: "server_error" } })}\n\n`,
  `data: ${json({ error: true, message: words })}\n\n`,
  `data: ${json({ status: 500, message: words })}\n\n`,
  `data: ${json({ code: 500, message: words })}\n\n`,
  `data: ${json({ success: false, message: words })}\n\n`,
  `data: ${json({ message: words, exception: "QueryException", trace: [] })}\n\n`,
  `data: ${json({ message: words, errors: { prompt: [words] } })}\n\n`,
  `data: ${json({ status: "thinking", message: words })}\n\n`,
  `event: ping\ndata: ${words}\n\n`,
  `event: start\ndata: ${json({ status: "start", prompt: words, session_id: session })}\n\n`,
  `: ${words}\n\n`,
  `<html><body>${words}</body></html>\n\n`,
  `data: ${json({ status: "progress", message: "", persona: words, session_id: session })}\n\n`,
);

/** Frames without content, or without meaning. */
const noise = fc.oneof(
  fc.constantFrom(
    "data: null\n\n",
    "data:\n\n",
    "\n\n\n",
    ":\n",
    "retry: 1\nid: 7\n\n",
    'data: {"status":"progress","mess\n\n',
    "data: [1,2]\n\n",
    `data: ${json({ citations: [1, "2.0", null, { id: 3, title: "t", url: "javascript:x" }] })}\n\n`,
    `data: ${json({ status: "finish", id: 9, citations: ownNames })}\n\n`,
    "data: [DONE]\n\n",
    "event: finish\n\n",
  ),
  fc
    .constantFrom(...ownNames)
    .map((name) => `event: ${name}\ndata: {"${name}":{"status":"${name}"},"status":"${name}"}\n\n`),
  fc.json({ maxDepth: 2 }).map((value) => `event: strange\ndata: ${value}\n\n`),
);

export const streamText = fc
  .array(
    fc.oneof(
      { arbitrary: speaking, weight: 4 },
      { arbitrary: ownWords, weight: 2 },
      { arbitrary: noise, weight: 2 },
    ),
    { maxLength: 8 },
  )
  .map((frames) => frames.join(""));

/** Cuts bytes anywhere. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

export const places = fc.array(fc.nat(4000), { maxLength: 12 });

/** An answer's stream: whole or cut off, in pieces that end anywhere. */
export const streamMove: fc.Arbitrary<Move> = fc
  .tuple(
    streamText,
    places,
    fc.option(fc.nat(2000), { freq: 4 }),
    fc.constantFrom("end", "broken", "timeout"),
  )
  .map(([text, where, end, ending]) => ({
    status: 200,
    headers: { "content-type": "text/event-stream", "x-debug": words, "set-cookie": `s=${words}` },
    chunks: cut(bytesOf(text).subarray(0, end ?? undefined), where),
    ending,
  }));

export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: good, weight: 6 },
  { arbitrary: streamMove, weight: 3 },
  { arbitrary: refusal, weight: 2 },
  { arbitrary: mad, weight: 2 },
  { arbitrary: silence, weight: 1 },
);
