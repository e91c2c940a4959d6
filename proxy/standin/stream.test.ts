/** Streams as they leave, whole and with every fault that changes them. */
import { expect, test } from "vitest";
import { ask, bakery, call, data, frames, quickStandin, session, streamedText } from "./testing/start.ts";
import type { FaultName } from "./wire/fault-names.ts";

const question = "When does the café open?";
const answer = "The café opens at seven o’clock — every day but Monday. We bake naïve crêpes 🥐 before dawn.";

async function streamed(...faults: FaultName[]) {
  const standin = quickStandin();
  const project = standin.seed(bakery);
  for (const fault of faults) standin.faults.on(fault, { times: 1 });
  const response = await ask(standin, project, question, "?stream=true");
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const stored = await data(call(standin, `/projects/${project}/conversations/${session}/messages`));
  return { standin, response, chunks, text, stored: JSON.stringify(stored) };
}

test("looks byte for byte like the recorded run, with event lines", async () => {
  const { response, text, standin } = await streamed();
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const parts = text.split("\n\n");
  expect(parts[0]).toBe(`event: start\ndata: {"status":"start","prompt":"${question}"}`);
  expect(parts[1]).toBe('event: progress\ndata: {"status":"progress","message":""}');
  expect(parts[2]).toBe('event: progress\ndata: {"status":"progress","message":"The"}');
  expect(parts[3]).toBe('event: progress\ndata: {"status":"progress","message":" café"}');
  expect(parts.at(-2)).toBe(
    `event: finish\ndata: {"status":"finish","id":431,"created_at":"2023-06-25T17:01:11.000000Z","session_id":"${session}","citations":[12055]}`,
  );
  expect(parts.at(-1)).toBe("");
  expect(streamedText(text)).toBe(answer);
  expect(standin.seen.streams).toEqual({ opened: 1, ended: 1, left: 0 });
});

test.each<[FaultName, RegExp]>([
  ["stream-error-message", /{"status":"error","message":"The answer could not be completed."}\n\n$/],
  ["stream-error-field", /{"status":"error","error":"The answer could not be completed."}\n\n$/],
  ["stream-error-object", /"error":{"code":500,"message":"The answer could not be completed."}}\n\n$/],
  ["stream-error-data", /"data":{"code":500,"message":"The answer could not be completed."}}\n\n$/],
  ["stream-error-named", /event: error\ndata: {"message":"The answer could not be completed."}\n\n$/],
  ["end-without-finish-unstored", /"status":"progress","message":"[^"]*"}\n\n$/],
])("%s: half of the answer, then the break, and no record", async (fault, end) => {
  const { text, stored } = await streamed(fault);
  expect(text).toMatch(end);
  expect(text).not.toContain("finish");
  expect(answer.startsWith(streamedText(text))).toBe(true);
  expect(streamedText(text).length).toBeLessThan(answer.length);
  expect(stored).toContain('"total":0');
});

test.each<[FaultName, RegExp]>([
  ["end-without-finish", /"status":"progress","message":"[^"]*"}\n\n$/],
  ["end-before-finish", /"message":"\."}\n\n$/],
  ["done-instead-of-finish", /data: \[DONE\]\n\n$/],
])("%s: no finish, and the whole answer in the record", async (fault, end) => {
  const { text, stored } = await streamed(fault);
  expect(text).not.toContain('"finish"');
  expect(stored).toContain(answer);
  expect(streamedText(text) === answer).toBe(fault !== "end-without-finish");
  expect(text).toMatch(end);
});

test.each<[FaultName, boolean]>([
  ["connection-cut", true],
  ["connection-cut-unstored", false],
])("%s: the connection breaks in the middle", async (fault, isStored) => {
  const standin = quickStandin();
  const project = standin.seed(bakery);
  standin.faults.on(fault);
  const response = await ask(standin, project, question, "?stream=1");
  await expect(response.text()).rejects.toThrow("cut on purpose");
  const list = await data(call(standin, `/projects/${project}/conversations/${session}/messages`));
  expect(JSON.stringify(list).includes(answer)).toBe(isStored);
  expect(standin.seen.streams).toEqual({ opened: 1, ended: 1, left: 0 });
});

test("stalled-stream: half of the answer and then nothing, until the caller leaves", async () => {
  const standin = quickStandin();
  const project = standin.seed(bakery);
  standin.faults.on("stalled-stream");
  const response = await ask(standin, project, question, "?stream=1");
  const reader = response.body?.getReader();
  let isSilent = false;
  while (!isSilent) {
    const next = reader?.read();
    const silence = new Promise<"silence">((resolve) => setTimeout(resolve, 40, "silence"));
    isSilent = (await Promise.race([next, silence])) === "silence";
  }
  expect(standin.seen.streams).toEqual({ opened: 1, ended: 0, left: 0 });
  await reader?.cancel();
  expect(standin.seen.streams).toEqual({ opened: 1, ended: 0, left: 1 });
});

test("a caller who leaves ends the work at once; the record appears when the answer would have been done", async () => {
  let now = 1_000_000;
  const waits: number[] = [];
  const standin = quickStandin({
    clock: () => now,
    pace: { firstMs: 400, everyMs: 25 },
    sleep(ms) {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  const project = standin.seed(bakery);
  const response = await ask(standin, project, question, "?stream=1");
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  const before = waits.length;
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(waits.length).toBe(before);
  expect(standin.seen.streams).toEqual({ opened: 1, ended: 0, left: 1 });
  const list = async () =>
    JSON.stringify(await data(call(standin, `/projects/${project}/conversations/${session}/messages`)));
  expect(await list()).toContain('"total":0');
  now += 2_000;
  expect(await list()).toContain(answer);
});

test("unnamed-events: data lines only", async () => {
  const { text } = await streamed("unnamed-events");
  expect(text).not.toContain("event:");
  expect(streamedText(text)).toBe(answer);
});

test("message-events: every event is named message", async () => {
  const { text } = await streamed("message-events");
  expect(new Set(text.match(/^event: .*$/gm))).toEqual(new Set(["event: message"]));
});

test("crlf: every line ends with CR LF", async () => {
  const { text } = await streamed("crlf");
  expect(text.match(/(?<!\r)\n/)).toBeNull();
  expect(streamedText(text.replaceAll("\r\n", "\n"))).toBe(answer);
});

test("no-space-after-colon and several-data-lines are still the same events", async () => {
  expect((await streamed("no-space-after-colon")).text).toMatch(/^event:start\ndata:{"status":"start"/);
  const { text } = await streamed("several-data-lines");
  const payloads = text
    .split("\n\n")
    .filter(Boolean)
    .map((part): unknown => JSON.parse(part.replace(/^event: .*\n/, "").replace(/^data: /gm, "")));
  expect(text.split("\n\n")[0]?.match(/^data: /gm)).toHaveLength(4);
  expect(payloads[2]).toEqual({ status: "progress", message: "The" });
});

test("no-last-blank-line: the stream ends within its last event", async () => {
  const { text } = await streamed("no-last-blank-line");
  expect(text).toMatch(/"citations":\[12055\]}\n$/);
  expect(text).not.toMatch(/\n\n$/);
});

test("heartbeats, null-data and strange-frames stand between the pieces and change no word", async () => {
  const { text } = await streamed("heartbeats", "null-data", "strange-frames");
  for (const part of [
    ": keep-alive\n\n",
    "retry: 3000\n",
    "id: 7\n",
    "data: null\n\n",
    '"message":"bro\n',
    "data: \n\n",
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('{"status":"thinking","message":"Looking things up"}');
  expect(streamedText(text.replace(/^data: {.*bro$/m, ""))).toBe(answer);
});

test("split-utf8: chunks end in the middle of characters and joined are the same stream", async () => {
  const whole = await streamed();
  const { chunks, text } = await streamed("split-utf8");
  expect(text).toBe(whole.text);
  const broken = chunks.filter((chunk) => new TextDecoder().decode(chunk).includes("\ufffd"));
  expect(broken.length).toBeGreaterThan(8);
});

test("byte-by-byte: each chunk is one byte", async () => {
  const { chunks, text } = await streamed("byte-by-byte");
  expect(new Set(chunks.map((chunk) => chunk.length))).toEqual(new Set([1]));
  expect(streamedText(text)).toBe(answer);
});

test("one-big-delta: the answer is one piece", async () => {
  const { text } = await streamed("one-big-delta");
  expect(frames(text).map((frame) => frame.message)).toEqual([undefined, "", answer, undefined]);
});

test("slow: eight times as long between the pieces", async () => {
  const waits: number[] = [];
  const standin = quickStandin({
    pace: { firstMs: 0, everyMs: 25 },
    sleep: (ms) => Promise.resolve(void waits.push(ms)),
  });
  standin.faults.on("slow");
  await (await ask(standin, standin.seed(bakery), question, "?stream=1")).text();
  expect(new Set(waits)).toEqual(new Set([200]));
});

test("json-instead-of-stream: the finished answer as one body", async () => {
  const { response, text } = await streamed("json-instead-of-stream");
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(JSON.parse(text)).toMatchObject({ data: { openai_response: answer, citations: [12055] } });
});

test.each<[FaultName, string]>([
  ["text-in-content", '{"status":"progress","content":" café"}'],
  ["text-in-openai-response", '{"status":"progress","openai_response":" café"}'],
  ["text-in-choices", '"choices":[{"index":0,"delta":{"content":" café"},"finish_reason":null}]}'],
  ["text-bare", "data:  café\n\n"],
  ["text-repeated-in-finish", `"openai_response":"${answer}"}\n\n`],
  ["complete-instead-of-finish", '"status":"complete","id":431'],
  ["finish-by-name", 'event: finish\ndata: {"id":431'],
  ["early-citations", '{"status":"progress","message":"","citations":[12055]}'],
  ["decimal-citations", '"citations":["12055.0"]'],
  ["null-citations", '"citations":null'],
  ["object-citations", '"citations":[{"citation_id":12055,"page_title":"Opening hours"'],
  ["junk-citations", '"citations":[null,12055,""'],
])("%s is in the stream", async (fault, part) => {
  expect((await streamed(fault)).text).toContain(part);
});

test("absent-citations: the finish has none, neither has it after early ones", async () => {
  expect((await streamed("absent-citations")).text).not.toContain("citations");
  expect((await streamed("early-citations")).text.match(/citations/g)).toHaveLength(1);
});

test("empty-answer: only the empty piece, and null in the record", async () => {
  const { text, stored } = await streamed("empty-answer");
  expect(frames(text).map((frame) => frame.status)).toEqual(["start", "progress", "finish"]);
  expect(stored).toContain('"openai_response":null');
});
