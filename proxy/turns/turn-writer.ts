/** Writer of an answer: readers see it at once, or after it was stored for other instances. */
import type { Citation } from "../protocol/bodies.ts";
import type { StreamEvents } from "../protocol/events.ts";
import type { Problem } from "../protocol/problems.ts";

/** Everything but the first of `finish`, `stop` and `fail` does nothing once one of them was called. */
export type TurnWriter = {
  /** Aborts when the rest is not needed: stopped, or handed over to another instance. */
  readonly signal: AbortSignal;
  /** Announces the new conversation. Resolves when another instance could continue from here. */
  open(opened: StreamEvents["conversation"]): Promise<void> | void;
  write(text: string): void;
  cite(citations: Citation[]): void;
  finish(message: string | null): void;
  /** Ends the turn as stopped by the visitor; the signal aborts at once. */
  stop(): void;
  /** `retryable`: upstream surely never took the question, so that sending the turn again may ask it. Default false. */
  fail(problem: Problem, retryable?: boolean): void;
};
