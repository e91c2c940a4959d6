/** One recorded answer in every way a service may write it (contract sections 4a and 4b). */

export const pieces = [
  "",
  "Grüße",
  " 👋",
  " from",
  ' "Mois" ture',
  ".\n\n",
  "- one",
  " [1]",
  "\n",
  "- zwei 東",
];
export const answer = pieces.join("");
export const citations = [12074, "12061.0"];
export const messageId = 433;

const json = JSON.stringify;
const start = { status: "start", prompt: "Who is Professor Mois ture" };
const finish = {
  status: "finish",
  id: messageId,
  created_at: "2023-06-25T17:12:28.000000Z",
  session_id: "f9b27f03",
  citations,
};
const progress = (message: string) => ({ status: "progress", message });

type Named = readonly [event: string, data: string];

const native: Named[] = [
  ["start", json(start)],
  ...pieces.map((piece): Named => ["progress", json(progress(piece))]),
  ["finish", json(finish)],
];

const named = (events: readonly Named[]) =>
  events.map(([event, data]) => `event: ${event}\ndata: ${data}\n\n`).join("");
const bare = (events: readonly Named[]) => events.map(([, data]) => `data: ${data}\n\n`).join("");
const put = (at: number, ...events: Named[]) => [...native.slice(0, at), ...events, ...native.slice(at)];
const texts = (shape: (piece: string) => unknown) =>
  [json(start), ...pieces.map((piece) => json(shape(piece))), json(finish)]
    .map((data) => `data: ${data}\n\n`)
    .join("");

/** Each gives the same text, sources and id. */
export const sameAnswer: Record<string, string> = {
  "named events": named(native),
  "data-only events": bare(native),
  CRLF: named(native).replaceAll("\n", "\r\n"),
  "lone CR": named(native).replaceAll("\n", "\r"),
  "no space after data:": named(native).replaceAll("data: ", "data:"),
  "a byte order mark": `\ufeff${named(native)}`,
  "empty lines first": `\n\n${named(native)}`,
  "no blank line at the end": named(native).trimEnd(),
  "comments and ids between": named(native).replaceAll("event:", ": keep-alive\n\nid: 5\nretry: 3\nevent:"),
  "escaped as PHP does": named(native).replace(/[^\x20-\x7e\n]/gu, (one) =>
    [...Array(one.length).keys()]
      .map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  ),
  "JSON over several data lines": native
    .map(([, data]) => `data: ${json(JSON.parse(data), null, 1).replaceAll("\n", "\ndata: ")}\n\n`)
    .join(""),
  "null data": bare(put(3, ["", "null"])),
  "an empty data line": bare(put(3, ["", ""])),
  "unknown status with a message": bare(put(4, ["", json({ status: "thinking", message: "Searching" })])),
  "unknown event": named(put(4, ["ping", json({ message: "pong" })], ["heartbeat", "beat"])),
  "broken JSON": bare(put(4, ["", '{"status":"progress","mess'], ["", "not json at all"])),
  "blank lines lost": native.map(([, data]) => `data: ${data}\n`).join(""),
  "one object a line, without data:": native.map(([, data]) => `${data}\n`).join(""),
  "citations as an object": bare(native).replace(
    json(citations),
    json(Object.fromEntries(citations.entries())),
  ),
  "citations as text": bare(native).replace(json(citations), json(json(citations))),
  "a list as data": bare(put(4, ["", "[1,2]"])),
  "status beats the event name": native.map(([, data]) => `event: error\ndata: ${data}\n\n`).join(""),
  "upper case": named(native).replaceAll('"progress"', '"PROGRESS"').replaceAll('"finish"', '"Finish"'),
  "status complete": named(native).replaceAll('"finish"', '"complete"'),
  "event name alone": native
    .map(([event, data]) => `event: ${event}\ndata: ${json({ ...JSON.parse(data), status: undefined })}\n\n`)
    .join(""),
  "[DONE] after finish": `${bare(native)}data: [DONE]\n\n`,
  "text in content": texts((content) => ({ status: "progress", content })),
  "text in openai_response": texts((openai_response) => ({ openai_response })),
  "text in delta.content": texts((content) => ({ delta: { content } })),
  "text in choices": texts((content) => ({
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })),
  "bare text": [
    `data: ${json(start)}`,
    ...pieces.map((piece) => `data: ${piece.replaceAll("\n", "\ndata: ")}`),
    `data: ${json(finish)}`,
  ]
    .map((event) => `${event}\n\n`)
    .join(""),
  "citations in a chunk of their own": bare([
    ...native.slice(0, -1),
    ["", json({ citations })],
    ["", json({ ...finish, citations: [] })],
  ]),
  "citations in every chunk": bare(
    native.map(([event, data]) => [event, json({ ...JSON.parse(data), citations })] as const),
  ),
  "the id as text": bare(native).replace(`"id":${messageId}`, `"id":"${messageId}.0"`),
  "the whole answer again at the end": bare([
    ...native.slice(0, -1),
    ["", json({ ...finish, openai_response: answer })],
  ]),
  "only a last frame": bare([["", json({ ...finish, openai_response: answer })]]),
  "something after the end": `${bare(native)}data: ${json(progress("more"))}\n\ndata: ${json({ status: "error" })}\n\n`,
  "one JSON body": json({
    status: "success",
    data: { id: messageId, user_query: "Who", openai_response: answer, citations },
  }),
  "one JSON body, indented, after blank lines": `\r\n  ${json({ data: { citations, openai_response: answer, id: `${messageId}` }, status: "success" }, null, 2)}\n`,
  "one JSON body with response": json({
    status: "success",
    data: { id: messageId, openai_response: null, response: answer, citations },
  }),
  "one JSON body without envelope": json({ id: messageId, openai_response: answer, citations }),
};

/** Complete, but without an id. */
export const withoutId: Record<string, string> = {
  "[DONE] in place of finish": `${bare(native.slice(0, -1))}data: [DONE]\n\n`,
  "DONE in place of finish": `${bare(native.slice(0, -1))}data: DONE\n\n`,
  "the event finish without data": `${named(native.slice(0, -1))}event: finish\n\n`,
  "the event finish with null": `${named(native.slice(0, -1))}event: finish\ndata: null\n\n`,
  "OpenAI's way": `${pieces.map((content) => `data: ${json({ id: "chatcmpl-1", object: "chat.completion.chunk", choices: [{ delta: { content } }] })}\n\n`).join("")}data: ${json({ choices: [{ delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`,
  "OpenAI's way without [DONE]": `${pieces.map((content) => `data: ${json({ choices: [{ delta: { content } }] })}\n\n`).join("")}data: ${json({ choices: [{ delta: {}, finish_reason: "stop" }] })}\n\n`,
};

/** The stream's beginning, without its end. */
export const begun = (count: number) => named(native.slice(0, count + 1));
