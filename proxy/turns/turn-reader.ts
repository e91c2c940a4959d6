/** Reader's position in a turn: what is available now, and when there is more; the same for every runtime. */
import { heartbeat as comment, type Part } from "./encode-event.ts";
import type { Schedule } from "../schedule.ts";
import type { Turn } from "./turn.ts";

export type ReadingOptions = {
  /** The last event the reader has; 0 for none. */
  after: number;
  schedule: Schedule;
  /** Milliseconds between the comment lines that keep a silent connection open. */
  heartbeat: number;
  /** Called once, when the reader has left. */
  left?: () => void;
};

/** A turn as a reader sees it. */
export type ReadableTurn = Pick<Turn, "log" | "ending" | "watch">;

/**
 * Holds no queue of its own: a reader that is slow or far behind costs a number, not a copy. Leaving it never ends the
 * turn.
 */
export class TurnReading {
  /** The number of the last event that the reader has. */
  #last: number;
  readonly #turn: ReadableTurn;
  readonly #options: ReadingOptions;
  #release: (() => void) | null = null;
  #isLeft = false;

  constructor(turn: ReadableTurn, options: ReadingOptions) {
    this.#turn = turn;
    this.#options = options;
    const { log, ending } = turn;
    // The last event of an ended turn is always sent again: a stream without its end would look cut.
    const hasEnd = ending !== null && ending.kind !== "handedOver";
    this.#last = Math.min(options.after, hasEnd ? log.count - 1 : log.count);
  }

  /** Whether everything has been read, the end included, or nothing more will come here. */
  get isOver(): boolean {
    return this.#turn.ending !== null && this.#last >= this.#turn.log.count;
  }

  /** The next events as one piece, up to about this many bytes; null when there are none yet. */
  next(largest: number): readonly Part[] | null {
    const excerpt = this.#turn.log.read(this.#last, largest);
    if (!excerpt) return null;
    this.#last = excerpt.last;
    return excerpt.parts;
  }

  /** Starts to call back: without an argument when there is more, with a comment line after a long silence. */
  listen(more: (comment: readonly Part[] | null) => void): void {
    if (this.#release) return;
    const { schedule, heartbeat } = this.#options;
    const beat = () => {
      if (this.#turn.ending) return;
      more(comment);
      cancel = schedule(heartbeat, beat);
    };
    let cancel = schedule(heartbeat, beat);
    const unwatch = this.#turn.watch(() => more(null));
    this.#release = () => {
      unwatch();
      cancel();
    };
  }

  /** Releases the reader, which has left or has everything. */
  leave(): void {
    this.#release?.();
    if (!this.#isLeft) this.#options.left?.();
    this.#isLeft = true;
  }
}
