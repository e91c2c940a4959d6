/** One reader's place in a turn: what there is for it now, and when there is more; the same for every runtime. */
import { heartbeatBytes } from "./event-bytes.ts";
import type { Schedule } from "./schedule.ts";
import type { Turn } from "./turn.ts";

export type ReadingOptions = {
  /** The last event the reader has; 0 for none. */
  after: number;
  schedule: Schedule;
  /** Milliseconds between the comment lines that keep a silent connection open. */
  heartbeat: number;
  /** Called once, when the reader is gone. */
  left?: () => void;
};

/** What a turn is to a reader. */
export type ReadableTurn = Pick<Turn, "events" | "ending" | "watch">;

/**
 * Holds no queue of its own: a reader that is slow or far behind costs a number, not a copy. Leaving it never ends the
 * turn.
 */
export class TurnReading {
  #position: number;
  readonly #turn: ReadableTurn;
  readonly #options: ReadingOptions;
  #release: (() => void) | null = null;
  #isLeft = false;

  constructor(turn: ReadableTurn, options: ReadingOptions) {
    this.#turn = turn;
    this.#options = options;
    const { events, ending } = turn;
    // Of an ended turn the last event is always told again: a stream without its end would look cut.
    const hasEnd = ending !== null && ending.kind !== "moved";
    this.#position = Math.min(options.after, hasEnd ? events.length - 1 : events.length);
  }

  /** Whether everything is told, the end included, or nothing more will be told here. */
  get isOver(): boolean {
    return this.#turn.ending !== null && this.#position >= this.#turn.events.length;
  }

  /** The next events as one piece, null when there are none yet. Several come together up to about so many bytes. */
  next(largest: number): Uint8Array | null {
    const { events } = this.#turn;
    const first = events[this.#position];
    if (!first) return null;
    const start = this.#position++;
    let length = first.length;
    for (let event = events[this.#position]; event && length < largest; event = events[this.#position]) {
      length += event.length;
      this.#position++;
    }
    return this.#position === start + 1 ? first : joined(events.slice(start, this.#position), length);
  }

  /** Begins to call back: without bytes when there is more, with a comment line when it was silent for long. */
  listen(more: (comment: Uint8Array | null) => void): void {
    if (this.#release) return;
    const { schedule, heartbeat } = this.#options;
    const beat = () => {
      if (this.#turn.ending) return;
      more(heartbeatBytes);
      cancel = schedule(heartbeat, beat);
    };
    let cancel = schedule(heartbeat, beat);
    const unwatch = this.#turn.watch(() => more(null));
    this.#release = () => {
      unwatch();
      cancel();
    };
  }

  /** The reader is gone or has everything; leaves nothing behind. */
  leave(): void {
    this.#release?.();
    if (!this.#isLeft) this.#options.left?.();
    this.#isLeft = true;
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
