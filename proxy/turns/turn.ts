/** One turn as it happens: a growing list of ready-made events that any number of connections may read. */
import type { Citation } from "../protocol/bodies.ts";
import type { StreamEventName, StreamEvents } from "../protocol/events.ts";
import { problems, type Problem } from "../protocol/problems.ts";
import { eventBytes, textIn } from "./event-bytes.ts";
import type { TurnWriter } from "./turn-writer.ts";

/** How a turn ended. */
export type Ending =
  | { kind: "answered"; message: string | null }
  | { kind: "stopped" }
  | { kind: "failed"; problem: Problem }
  /** It goes on elsewhere. */
  | { kind: "moved" };

type TurnOptions = {
  prompt: string;
  /** Called once, when the turn has ended. */
  onEnd?: (turn: Turn) => void;
  /** The most bytes of events; an answer beyond is ended as cut. 4 MB unless told otherwise. */
  largest?: number;
};

/** One turn as its readers see it; kept in this process only, it is also what its answer is written into. */
export class Turn implements TurnWriter {
  /** What was asked: the same turn may not stand for another question. */
  readonly prompt: string;
  /** The events so far; event number n is at n - 1. Never changed but by adding. */
  readonly events: Uint8Array[] = [];
  /** Aborts when nobody wants the rest: stopped, or the proxy shuts down. */
  readonly signal: AbortSignal;
  citations: Citation[] = [];
  /** The conversation this turn began; null while there is none yet, and for a follow-up. */
  opened: StreamEvents["conversation"] | null = null;
  /** Null while the answer is being written. */
  ending: Ending | null = null;
  /**
   * True when it failed before the agent was asked, or the service refused to take the question: sending it again
   * cannot ask twice.
   */
  untouched = false;
  /** Whether any of its events may have been told to somebody here. */
  isTold = false;
  /** How many connections are reading it. */
  readers = 0;

  readonly #controller = new AbortController();
  readonly #watchers = new Set<() => void>();
  readonly #onEnd: (turn: Turn) => void;
  readonly #largest: number;
  #room: number;
  #hasText = false;

  constructor({ prompt, onEnd = () => {}, largest = 4_000_000 }: TurnOptions) {
    this.prompt = prompt;
    this.signal = this.#controller.signal;
    this.#onEnd = onEnd;
    this.#largest = largest;
    this.#room = largest;
  }

  /** The bytes of its events. */
  get size(): number {
    return this.#largest - this.#room;
  }

  /** Whether there is any text of the answer. */
  get hasText(): boolean {
    return this.#hasText;
  }

  /** The answer's text so far, read from its events: kept beside them, every long answer would be there twice. */
  get answer(): string {
    return this.#hasText ? this.events.map(textIn).join("") : "";
  }

  /** Whether the first thing a visitor waits for is there: a piece of the answer, or the end. */
  get answering(): boolean {
    return this.#hasText || this.ending !== null;
  }

  /** Calls back after each new event, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  open(opened: StreamEvents["conversation"]): void {
    if (this.ending) return;
    this.opened = opened;
    this.#add("conversation", opened);
  }

  write(text: string): void {
    if (this.ending) return;
    this.#hasText = true;
    this.#add("delta", { text });
  }

  cite(citations: Citation[]): void {
    if (this.ending) return;
    this.citations = citations;
    this.#add("citations", citations);
  }

  finish(message: string | null): void {
    this.#end({ kind: "answered", message }, "done", { message });
  }

  /** Ends the turn at once; the upstream call is aborted. Does nothing to a turn that has ended. */
  stop(): void {
    this.#end({ kind: "stopped" }, "done", { message: null, stopped: true });
    this.#controller.abort();
  }

  /** Ends the turn with a problem; the upstream call is aborted if it still runs. */
  fail(problem: Problem, untouched = false): void {
    if (!this.ending) this.untouched = untouched;
    this.#end({ kind: "failed", problem }, "problem", problem);
    this.#controller.abort();
  }

  /** Another instance writes it now. Readers here are cut, so that they come back and are told what that one writes. */
  move(): void {
    if (this.ending) return;
    this.ending = { kind: "moved" };
    this.#tell();
    this.#settle();
    this.#controller.abort();
  }

  /** Ends the upstream call, whatever readers have been told by now. */
  abort(): void {
    this.#controller.abort();
  }

  #end<Name extends "done" | "problem">(ending: Ending, event: Name, data: StreamEvents[Name]): void {
    if (this.ending) return;
    this.ending = ending;
    this.#add(event, data);
    this.#settle();
  }

  #add<Name extends StreamEventName>(event: Name, data: StreamEvents[Name]): void {
    const bytes = eventBytes(this.events.length + 1, event, data);
    this.#room -= bytes.length;
    if (this.#room < 0 && !this.ending) {
      this.fail({ code: "answer-cut", message: problems["answer-cut"].message });
      return;
    }
    this.events.push(bytes);
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #settle(): void {
    this.#watchers.clear();
    this.#onEnd(this);
  }
}
