/** Turn: a growing list of encoded events that any number of connections may read. */
import type { Citation } from "../protocol/bodies.ts";
import type { StreamEventName, StreamEvents } from "../protocol/events.ts";
import { problems, type Problem } from "../protocol/problems.ts";
import { EventLog } from "./event-log.ts";
import type { TurnWriter } from "./turn-writer.ts";
import { wholeAnswer } from "./whole-answer.ts";

/** How a turn ended. */
export type Ending =
  | { kind: "answered"; message: string | null }
  | { kind: "stopped" }
  | { kind: "failed"; problem: Problem }
  /** It goes on elsewhere. */
  | { kind: "handedOver" };

type TurnOptions = {
  prompt: string;
  /** Digest of the secret with which it may be joined; default: none. */
  digest?: string;
  /** Called once, when the turn has ended. */
  onEnd?: (turn: Turn) => void;
  /** Called when it takes more bytes of memory after its end. */
  onGrow?: (turn: Turn, bytes: number) => void;
  /** Maximum of bytes of its events; a longer answer is ended as cut. Default 4 MB. */
  largest?: number;
};

/** Bytes that a turn takes besides its texts, with its entry in the store; measured (retained-memory.test.ts). */
const bareSize = 4000;

/** Turn as its readers see it; when stored in this process only, it is also its own writer. */
export class Turn implements TurnWriter {
  /** The question: the same turn id may not be used for another one. */
  readonly prompt: string;
  /** Digest of the secret with which a visitor without a token joins it; empty if none can. */
  readonly digest: string;
  /** The events so far. */
  readonly log: Pick<EventLog, "count" | "text" | "read" | "after">;
  /** Aborts when the rest is not needed: stopped, or the proxy shuts down. */
  readonly signal: AbortSignal;
  /** The conversation this turn began; null while there is none yet, and for a follow-up. */
  opened: StreamEvents["conversation"] | null = null;
  /** Null while the answer is being written. */
  ending: Ending | null = null;
  /**
   * True when it failed before the agent was asked, or when the service rejected the question: sending it again cannot
   * ask twice.
   */
  retryable = false;
  /** Whether a reader here may have received any of its events. */
  isTold = false;
  /** How many connections are reading it. */
  readers = 0;

  readonly #controller = new AbortController();
  readonly #watchers = new Set<() => void>();
  readonly #onEnd: (turn: Turn) => void;
  readonly #onGrow: (turn: Turn, bytes: number) => void;
  readonly #largest: number;
  readonly #log = new EventLog();
  #whole: Uint8Array<ArrayBuffer> | null = null;

  constructor({
    prompt,
    digest = "",
    onEnd = () => {},
    onGrow = () => {},
    largest = 4_000_000,
  }: TurnOptions) {
    this.prompt = prompt;
    this.digest = digest;
    this.signal = this.#controller.signal;
    this.#onEnd = onEnd;
    this.#onGrow = onGrow;
    this.#largest = largest;
    this.log = this.#log;
  }

  /** The bytes of memory it takes. */
  get size(): number {
    const whole = this.#whole?.length ?? 0;
    return bareSize + 2 * this.prompt.length + this.#log.size + whole;
  }

  /** Whether there is any text of the answer. */
  get hasText(): boolean {
    return this.#log.hasText;
  }

  /** Whether its citations were sent. */
  get isCited(): boolean {
    return this.#log.jsonOf("citations") !== undefined;
  }

  /** Whether the first thing a visitor waits for is there: a piece of the answer, or the end. */
  get answering(): boolean {
    return this.hasText || this.ending !== null;
  }

  /**
   * The finished answer as one JSON object: built for the first request and kept for others. `asked` is the requested
   * conversation; the turn itself may have started it.
   */
  whole(asked: { turn: string; conversation: string }): Uint8Array<ArrayBuffer> {
    if (this.#whole) return this.#whole;
    this.#whole = this.#putTogether(asked);
    this.#onGrow(this, this.#whole.length);
    return this.#whole;
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
    if (!this.ending) this.#add("delta", { text });
  }

  cite(citations: Citation[]): void {
    if (!this.ending) this.#add("citations", citations);
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
  fail(problem: Problem, retryable = false): void {
    if (!this.ending) this.retryable = retryable;
    this.#end({ kind: "failed", problem }, "problem", problem);
    this.#controller.abort();
  }

  /** Another instance writes it now. Readers here are cut, so that they reconnect and receive its events. */
  move(): void {
    if (this.ending) return;
    this.ending = { kind: "handedOver" };
    this.#tell();
    this.#settle();
    this.#controller.abort();
  }

  /** Ends the upstream call, whatever readers have received so far. */
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
    const json = JSON.stringify(data);
    if (!this.ending && this.#log.size + json.length > this.#largest)
      return this.fail({ code: "answer-cut", message: problems["answer-cut"].message });
    this.#log.add(event, json);
    this.#tell();
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }

  #settle(): void {
    this.#watchers.clear();
    this.#log.trim();
    this.#onEnd(this);
  }

  #putTogether({ turn, conversation }: { turn: string; conversation: string }): Uint8Array<ArrayBuffer> {
    const { opened, ending } = this;
    return wholeAnswer({
      conversation: opened?.conversation ?? conversation,
      ...(opened && { visitor: opened.visitor }),
      turn,
      message: ending?.kind === "answered" ? ending.message : null,
      answer: this.#log.jsonText,
      citations: this.#log.jsonOf("citations") ?? "[]",
    });
  }
}
