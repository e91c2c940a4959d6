/** Replicated writer of an answer: each event is in Redis before its first reader sees it. */
import type { Citation } from "../../protocol/bodies.ts";
import type { StreamEvents } from "../../protocol/events.ts";
import type { Problem } from "../../protocol/problems.ts";
import type { Redis } from "../../redis/redis.ts";
import type { Attempt, TurnLog } from "./turn-log.ts";
import { writeStaged, type StagedEvent } from "./stored-event.ts";
import { TurnCopy, type TurnCopyOptions } from "./turn-replica.ts";
import type { Turn } from "../turn.ts";
import type { TurnWriter } from "../turn-writer.ts";

export type ReplicatedWriterOptions = TurnCopyOptions & {
  turnLog: TurnLog;
  redis: Pick<Redis, "isHere">;
  /** Called once, when the turn has ended and Redis has all of it, or it is no longer this instance's to write. */
  closed: (writer: ReplicatedWriter) => void;
};

/**
 * One append is in flight at a time; events that come meanwhile wait, pieces of text as one. So each event is delayed
 * by one round trip, and batches grow with the rate. While Redis is away readers receive events at once, and Redis
 * catches up when it is back.
 */
export class ReplicatedWriter implements TurnWriter {
  readonly turn: Turn;
  readonly attempt: Attempt;
  readonly signal: AbortSignal;
  readonly #options: ReplicatedWriterOptions;
  readonly #copy: TurnCopy;
  #staged: StagedEvent[] = [];
  /** Whether the end is staged or sent. */
  #isOver = false;
  #isClosed = false;
  /** Whether Redis receives no more of the turn, which is then written for this instance's readers only. */
  #isAlone = false;
  #isFlushing = false;
  /** Whether everything waits: who writes the turn is being decided. */
  #isHeld = false;
  #flushed: Promise<void> = Promise.resolve();

  constructor(options: ReplicatedWriterOptions) {
    this.#options = options;
    this.#copy = new TurnCopy(options);
    this.turn = options.turn;
    this.attempt = options.attempt;
    this.signal = options.turn.signal;
  }

  /** Makes the turn known by one more key; saved with the next event. */
  alsoKnownAs(key: string, conversation: string): void {
    this.#copy.alsoKnownAs(key, conversation);
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

  fail(problem: Problem, retryable = false, keepFor?: number): void {
    this.#copy.keepFor = keepFor;
    this.#end({ event: "problem", data: problem, retryable });
    this.turn.abort();
  }

  /** Whether Redis may miss something, and nothing is on its way there. */
  get isBehind(): boolean {
    return !this.#isClosed && !this.#isAlone && !this.#isFlushing && !this.#copy.isWhole;
  }

  /** Brings Redis up to date, and reads requests to stop that were missed. */
  sync(): Promise<void> {
    this.#flush(true);
    return this.#flushed;
  }

  /** From now on it is unknown what Redis still has of the turn. */
  doubt(): void {
    this.#copy.doubt();
  }

  /** Lets another instance go on with the turn; one that none can have is ended here, with the problem if need be. */
  async handOver(problem: Problem): Promise<void> {
    // Later events wait: the instance that takes the turn over may continue with other text.
    this.#isHeld = true;
    await this.#flushed;
    const isOffered = !this.#isOver && !this.#isClosed && !this.#isAlone && (await this.#offer());
    this.#isHeld = false;
    if (isOffered) return this.#leave([]);
    await this.sync();
    this.fail(problem);
    await this.#flushed;
  }

  /** Whether another instance may take the turn over from now on. */
  async #offer(): Promise<boolean> {
    const isSaved = this.#copy.isWhole || (await this.#copy.save([])) === "saved";
    return isSaved && this.#options.turnLog.handOver(this.attempt).catch(() => false);
  }

  #end(event: StagedEvent): void {
    this.#stage(event);
    this.#isOver = true;
  }

  #stage(event: StagedEvent): void {
    if (this.#isOver || this.#isClosed) return;
    this.#staged.push(event);
    // With nothing in flight this is sent now and, with Redis away, readers have it before this returns.
    this.#flush(false);
  }

  #flush(evenEmpty: boolean): void {
    if (this.#isFlushing || this.#isHeld || this.#isClosed) return;
    this.#isFlushing = true;
    this.#flushed = this.#drainStaged(evenEmpty);
  }

  async #drainStaged(evenEmpty: boolean): Promise<void> {
    let isDue = evenEmpty;
    while (!this.#isHeld && !this.#isClosed && (isDue || this.#staged.length > 0)) {
      const isTried = !this.#isAlone && (this.#options.redis.isHere || evenEmpty);
      isDue = false;
      const batch = this.#staged;
      this.#staged = [];
      const outcome = isTried ? await this.#copy.save(batch) : "away";
      // If readers got events that Redis never stored, after a return they would get others under the same numbers.
      if (outcome === "lost" && this.#copy.hasEvents) await this.#leave(batch);
      else {
        if (outcome === "lost" || outcome === "forgotten") this.#isAlone = true;
        if (outcome === "stopped" || outcome === "forgotten") this.stop();
        for (const event of batch) writeStaged(event, this.turn);
        // More than was saved: an answer beyond its bounds ends itself when it is written.
        isDue = outcome !== "away" && !this.#isAlone && !this.#copy.hasEvents;
        if (this.turn.ending && (this.#isAlone || this.#copy.isWhole)) this.#close();
      }
    }
    this.#isFlushing = false;
  }

  /** Another instance writes the turn: readers receive the remaining events there. */
  async #leave(dropped: readonly StagedEvent[]): Promise<void> {
    const untold = [...dropped, ...this.#staged];
    this.#staged = [];
    this.#isOver = true;
    this.turn.move();
    this.#close();
    const isStop = ({ event, data }: StagedEvent) => event === "done" && data.stopped === true;
    if (untold.some(isStop)) await this.#options.turnLog.stop(this.attempt.id).catch(() => false);
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.closed(this);
  }
}
