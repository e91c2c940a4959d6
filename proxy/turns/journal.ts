/** Writes an answer for readers of every instance: each event is in Redis before its first reader sees it. */
import type { Citation } from "../protocol/bodies.ts";
import type { StreamEvents } from "../protocol/events.ts";
import type { Problem } from "../protocol/problems.ts";
import type { Redis } from "../redis/redis.ts";
import { RedisAway } from "../redis/redis.ts";
import type { Incarnation, Ledger, TurnRecord } from "./ledger.ts";
import { storedBytes, storedEvent, writeStaged, type Seal, type StagedEvent } from "./stored-event.ts";
import type { Turn } from "./turn.ts";
import type { TurnWriter } from "./turn-writer.ts";

export type JournalOptions = {
  turn: Turn;
  incarnation: Incarnation;
  record: TurnRecord;
  /** How many of the turn's events are in Redis already. */
  saved: number;
  /** Whether Redis knows the record. */
  isKnown: boolean;
  ledger: Ledger;
  redis: Pick<Redis, "isHere">;
  seal: Seal;
  /** Told of what Redis refused. */
  report: (error: unknown) => void;
  /** Called once, when the turn has ended and Redis has all of it, or it is no longer this instance's to write. */
  closed: (journal: Journal) => void;
};

/**
 * One append is on its way at a time; what comes meanwhile waits, pieces of text as one. So an event is held up by one
 * round trip, and the more there is to say the more goes into one. While Redis is away readers get everything at once,
 * and what Redis misses is made up for when it is back.
 */
export class Journal implements TurnWriter {
  readonly turn: Turn;
  readonly incarnation: Incarnation;
  readonly signal: AbortSignal;
  readonly #options: JournalOptions;
  #record: TurnRecord;
  #isKnown: boolean;
  #saved: number;
  #staged: StagedEvent[] = [];
  #isOver = false;
  #isClosed = false;
  #isFlushing = false;
  #flushed: Promise<void> = Promise.resolve();
  #keepFor: number | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.turn = options.turn;
    this.incarnation = options.incarnation;
    this.signal = options.turn.signal;
    this.#record = options.record;
    this.#isKnown = options.isKnown;
    this.#saved = options.saved;
  }

  /** Makes the turn known by one more key; saved with the next event. */
  alsoKnownAs(key: string, conversation: string): void {
    this.#record = { ...this.#record, conversation, keys: [...this.#record.keys, key] };
    this.#isKnown = false;
  }

  async open(opened: StreamEvents["conversation"]): Promise<void> {
    this.#stage({ event: "conversation", data: opened });
    await this.#flushed;
  }

  write(text: string): void {
    const last = this.#staged.at(-1);
    if (last?.event === "delta" && !this.#isOver) last.data.text += text;
    else this.#stage({ event: "delta", data: { text } });
  }

  cite(citations: Citation[]): void {
    this.#stage({ event: "citations", data: citations });
  }

  finish(message: string | null): void {
    this.#end({ event: "done", data: { message } });
  }

  stop(): void {
    this.#end({ event: "done", data: { message: null, stopped: true } });
    this.turn.abort();
  }

  fail(problem: Problem, untouched = false, keepFor?: number): void {
    this.#keepFor = keepFor;
    this.#end({ event: "problem", data: problem, untouched });
    this.turn.abort();
  }

  /** Whether Redis may miss something, and nothing is on its way there. */
  get isBehind(): boolean {
    return !this.#isClosed && !this.#isFlushing && (!this.#isKnown || this.#saved < this.turn.events.length);
  }

  /** Brings Redis up to date, and learns what was asked of the turn while it could not be heard. */
  sync(): void {
    if (!this.#isClosed) this.#flush(true);
  }

  /** Writes no more, here or in Redis; resolves with whether another instance may now take the turn over. */
  async handOver(): Promise<boolean> {
    this.sync();
    await this.#flushed;
    if (this.#isClosed || this.turn.ending) return true;
    const isOurs = await this.#options.ledger.handOver(this.incarnation).catch(() => false);
    if (!isOurs) return false;
    this.#isOver = true;
    this.#close();
    this.turn.abort();
    return true;
  }

  #end(event: StagedEvent): void {
    this.#stage(event);
    this.#isOver = true;
  }

  #stage(event: StagedEvent): void {
    if (this.#isOver) return;
    this.#staged.push(event);
    // With nothing on its way this goes out now, and Redis being away readers have it before this returns.
    this.#flush(false);
  }

  #flush(evenEmpty: boolean): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    this.#flushed = this.#drainStaged(evenEmpty);
  }

  async #drainStaged(evenEmpty: boolean): Promise<void> {
    let isDue = evenEmpty;
    while (isDue || this.#staged.length > 0) {
      isDue = false;
      const batch = this.#staged;
      this.#staged = [];
      const isTried = !this.#isClosed && (this.#options.redis.isHere || evenEmpty);
      const isSaved = isTried ? await this.#save(batch) : true;
      for (const event of batch) writeStaged(event, this.turn);
      if (!isTried || !isSaved) continue;
      // More than was saved: an answer beyond its bounds ends itself when it is written.
      isDue = this.#saved < this.turn.events.length;
      if (!isDue && this.turn.ending) this.#close();
    }
    this.#isFlushing = false;
  }

  /** Has Redis hold all events up to the batch's last; false when it is away. */
  async #save(batch: readonly StagedEvent[]): Promise<boolean> {
    const { ledger, seal } = this.#options;
    const next = batch.map((event) => storedEvent(event, seal));
    const last = batch.at(-1);
    const isLast = this.turn.ending !== null || last?.event === "done" || last?.event === "problem";
    const untouched = this.turn.untouched || (last?.event === "problem" && last.untouched === true);
    const ending = isLast ? (untouched ? "untouched" : "ended") : "";
    try {
      for (let tries = 0; tries < 4; tries++) {
        const missing = this.turn.events.slice(this.#saved).map((bytes) => storedBytes(bytes, seal));
        const { what, top, isStopped } = await ledger.append(
          this.incarnation,
          this.#saved + 1,
          [...missing, ...next],
          {
            ending,
            record: this.#isKnown ? null : this.#record,
            ...(this.#keepFor === undefined ? {} : { keepFor: this.#keepFor }),
          },
        );
        if (what === "saved") {
          this.#saved = top;
          this.#isKnown = true;
          if (isStopped) this.stop();
          return true;
        }
        if (what === "lost") return (this.#close(), true);
        if (what === "forgotten") return (this.#close(), this.stop(), true);
        if (what === "gone") this.#isKnown = false;
        this.#saved = top;
      }
    } catch (error) {
      if (!(error instanceof RedisAway)) this.#options.report(error);
    }
    // What it misses by now may be more than this batch: it may have been emptied.
    this.#isKnown = false;
    return false;
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.closed(this);
  }
}
