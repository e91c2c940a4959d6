/** Reader of a response's event stream, as the protocol's events. */
import { createParser } from "eventsource-parser";
import * as v from "valibot";

const problem = v.object({ code: v.string(), message: v.string(), retryAfter: v.optional(v.number()) });
const citation = v.object({
  id: v.string(),
  title: v.string(),
  url: v.nullable(v.string()),
  description: v.nullable(v.string()),
  image: v.nullable(v.string()),
});
const id = v.pipe(v.string(), v.transform(Number), v.integer());

/** Strict: an event or a field that is not in the protocol fails the test. */
const eventSchema = v.variant("event", [
  v.strictObject({
    id,
    event: v.literal("conversation"),
    data: v.strictObject({ conversation: v.string(), visitor: v.string() }),
  }),
  v.strictObject({
    id,
    event: v.literal("delta"),
    data: v.strictObject({ text: v.pipe(v.string(), v.minLength(1)) }),
  }),
  v.strictObject({ id, event: v.literal("citations"), data: v.array(v.strictObject(citation.entries)) }),
  v.strictObject({
    id,
    event: v.literal("done"),
    data: v.strictObject({ message: v.nullable(v.string()), stopped: v.optional(v.literal(true)) }),
  }),
  v.strictObject({ id, event: v.literal("problem"), data: v.strictObject(problem.entries) }),
]);

export type ReadEvent = v.InferOutput<typeof eventSchema>;

/** All events until the stream ends. */
export async function readEvents(response: Response): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of eventsOf(response)) events.push(event);
  return events;
}

/** The events as they arrive. Leaving the loop cancels the stream, like a browser that disconnects. */
export async function* eventsOf(response: Response): AsyncGenerator<ReadEvent> {
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  const waiting: ReadEvent[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      const json: unknown = JSON.parse(data);
      waiting.push(v.parse(eventSchema, { id, event, data: json }));
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body ?? []) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    yield* waiting.splice(0);
  }
}

/** The answer's text that the events hold. */
export function answerOf(events: readonly ReadEvent[]): string {
  return events.map((event) => (event.event === "delta" ? event.data.text : "")).join("");
}

/** Content of the events, however the answer was split. */
export function toldBy(events: readonly ReadEvent[]): object {
  const others = events.filter(({ event }) => event !== "delta");
  return { answer: answerOf(events), others, last: events.at(-1)?.id };
}

const refusalSchema = v.strictObject({ problem: v.strictObject(problem.entries) });

/** A refusal's status, code and headers; fails when the response is anything else. */
export async function readRefusal(
  response: Response,
): Promise<{ status: number; code: string; retryAfter?: number }> {
  const { code, retryAfter } = v.parse(refusalSchema, await response.json()).problem;
  return { status: response.status, code, ...(retryAfter === undefined ? {} : { retryAfter }) };
}
