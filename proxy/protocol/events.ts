/** Events of an answer's stream: server-sent events with a rising `id:`, counted from 1 in each turn. */
import type { Citation } from "./bodies.ts";
import type { Problem } from "./problems.ts";

/** Name of each event and the JSON in its `data:`. */
export type StreamEvents = {
  /**
   * First, when the conversation is new. `visitor` is the token to send as `authorization: Bearer` from then on; empty for
   * a person with an identity, which is all they need.
   */
  conversation: { conversation: string; visitor: string };
  /** The next piece of the answer, never empty. */
  delta: { text: string };
  /** The answer's sources, once, after the last delta. Absent when there are none. */
  citations: Citation[];
  /** The end of a complete answer, or of one the visitor stopped. `message` is null when it cannot be rated. */
  done: { message: string | null; stopped?: true };
  /** The end of a turn that failed. */
  problem: Problem;
};

export type StreamEventName = keyof StreamEvents;

/** One event in transit. A stream that ends without `done` or `problem` was cut; it is never an answer. */
export type StreamEvent = {
  [Name in StreamEventName]: { id: number; event: Name; data: StreamEvents[Name] };
}[StreamEventName];

const names: ReadonlySet<string> = new Set<StreamEventName>([
  "conversation",
  "delta",
  "citations",
  "done",
  "problem",
]);

export function isStreamEventName(word: string): word is StreamEventName {
  return names.has(word);
}
