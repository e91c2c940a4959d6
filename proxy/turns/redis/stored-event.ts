/** Stored form of a turn's events in Redis: the stream's own text; the visitor's token in it is sealed. */
import * as v from "valibot";
import { isStreamEventName, type StreamEventName, type StreamEvents } from "../../protocol/events.ts";
import { isProblemCode, type ProblemCode } from "../../protocol/problems.ts";
import type { TurnWriter } from "../turn-writer.ts";

/** Encrypts a text against readers of Redis, with a label of its own. */
export type Seal = {
  seal(text: string): string;
  open(sealed: string): string | null;
};

export type StagedEvent = {
  [Name in StreamEventName]: { event: Name; data: StreamEvents[Name]; retryable?: boolean };
}[StreamEventName];

const citation = v.object({
  id: v.string(),
  title: v.string(),
  url: v.nullable(v.string()),
  description: v.nullable(v.string()),
  image: v.nullable(v.string()),
});
const problem = v.looseObject({
  code: v.custom<ProblemCode>(isProblemCode),
  message: v.string(),
  retryAfter: v.exactOptional(v.number()),
  words: v.exactOptional(v.string()),
});
const data = {
  conversation: v.object({ conversation: v.string(), visitor: v.string() }),
  delta: v.object({ text: v.string() }),
  citations: v.array(citation),
  done: v.object({ message: v.nullable(v.string()), stopped: v.exactOptional(v.literal(true)) }),
};

export function storedEvent({ event, data }: Pick<StagedEvent, "event" | "data">, seal: Seal): string {
  return storedText(event, JSON.stringify(data), seal);
}

/** The same for an event whose data is JSON already. */
export function storedText(event: StreamEventName, json: string, seal: Seal): string {
  return `${event} ${event === "conversation" ? seal.seal(json) : json}`;
}

/**
 * Writes a stored event into a turn; false for an invalid one, such as one sealed with another secret or written by
 * another version.
 */
export function writeStored(stored: string, turn: TurnWriter, seal: Seal): boolean {
  const event = readStored(stored, seal);
  if (event) writeStaged(event, turn);
  return event !== null;
}

/** Runs in message handlers, where nothing catches an exception. */
function readStored(stored: string, seal: Seal): StagedEvent | null {
  const space = stored.indexOf(" ");
  const event = stored.slice(0, space);
  const text = stored.slice(space + 1);
  const json = event === "conversation" ? seal.open(text) : text;
  if (!isStreamEventName(event) || json === null) return null;
  try {
    return parsed(event, JSON.parse(json));
  } catch {
    return null;
  }
}

/** Throws for data of another shape. */
function parsed(event: StreamEventName, value: unknown): StagedEvent {
  switch (event) {
    case "conversation":
      return { event, data: v.parse(data.conversation, value) };
    case "delta":
      return { event, data: v.parse(data.delta, value) };
    case "citations":
      return { event, data: v.parse(data.citations, value) };
    case "done":
      return { event, data: v.parse(data.done, value) };
    case "problem":
      return { event, data: v.parse(problem, value) };
  }
}

/** Writes an event into a turn for its readers. */
export function writeStaged({ event, data, retryable }: StagedEvent, turn: TurnWriter): void {
  if (event === "conversation") void turn.open(data);
  else if (event === "delta") turn.write(data.text);
  else if (event === "citations") turn.cite(data);
  else if (event === "problem") turn.fail(data, retryable);
  else if (data.stopped) turn.stop();
  else turn.finish(data.message);
}
