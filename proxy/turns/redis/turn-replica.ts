/** Replica in Redis of a turn that is written here, brought up to date one script at a time. */
import { RedisAway } from "../../redis/redis.ts";
import type { Attempt, TurnLog, TurnRecord } from "./turn-log.ts";
import { storedEvent, storedText, type Seal, type StagedEvent } from "./stored-event.ts";
import type { Turn } from "../turn.ts";

export type TurnCopyOptions = {
  turn: Turn;
  attempt: Attempt;
  record: TurnRecord;
  /** How many of the turn's events are in Redis already. */
  saved: number;
  /** Whether Redis knows the record. */
  isKnown: boolean;
  turnLog: Pick<TurnLog, "append">;
  seal: Seal;
  /** Called with errors of Redis. */
  report: (error: unknown) => void;
};

/**
 * Result of a try: Redis has everything; it has, and the turn's stop was requested; Redis is away; another instance
 * writes the turn; its conversation was deleted.
 */
export type Outcome = "saved" | "stopped" | "away" | "lost" | "forgotten";

/** Tries in a row in which Redis may report missing events before it is left for later. */
const maxTries = 4;

export class TurnCopy {
  readonly #options: TurnCopyOptions;
  #record: TurnRecord;
  #isKnown: boolean;
  #saved: number;
  /** Milliseconds that Redis is to keep the turn when it has ended; undefined for the usual while. */
  keepFor: number | undefined;

  constructor(options: TurnCopyOptions) {
    this.#options = options;
    this.#record = options.record;
    this.#isKnown = options.isKnown;
    this.#saved = options.saved;
  }

  /** Makes the turn known by one more key; saved with the next event. */
  alsoKnownAs(key: string, conversation: string): void {
    this.#record = { ...this.#record, conversation, keys: [...this.#record.keys, key] };
    this.#isKnown = false;
  }

  /** From now on it is unknown what Redis still has. */
  doubt(): void {
    this.#isKnown = false;
  }

  /** Whether Redis has every event that readers received. */
  get hasEvents(): boolean {
    return this.#saved >= this.#options.turn.log.count;
  }

  /** Whether Redis misses nothing, as far as is known here. */
  get isWhole(): boolean {
    return this.#isKnown && this.hasEvents;
  }

  /** Has Redis hold all events of the turn, and after them these, which are no part of it yet. */
  async save(batch: readonly StagedEvent[]): Promise<Outcome> {
    const { turn, attempt, turnLog, seal, report } = this.#options;
    const next = batch.map((event) => storedEvent(event, seal));
    const ending = endingOf(turn, batch);
    try {
      for (let tries = 0; tries < maxTries; tries++) {
        const missing = Array.from(turn.log.after(this.#saved), ({ event, json }) =>
          storedText(event, json, seal),
        );
        const events = [...missing, ...next];
        const { what, top, isStopped } = await turnLog.append(attempt, this.#saved + 1, events, {
          ending,
          record: this.#isKnown ? null : this.#record,
          ...(this.keepFor === undefined ? {} : { keepFor: this.keepFor }),
        });
        if (what === "lost" || what === "forgotten") return what;
        if (what === "gone") this.#isKnown = false;
        this.#saved = top;
        if (what !== "saved") continue;
        this.#isKnown = true;
        return isStopped ? "stopped" : "saved";
      }
    } catch (error) {
      if (!(error instanceof RedisAway)) report(error);
    }
    // It may miss more than this batch: its data may be lost.
    this.doubt();
    return "away";
  }
}

function endingOf(turn: Turn, batch: readonly StagedEvent[]): "" | "ended" | "untouched" {
  const last = batch.at(-1);
  if (turn.ending === null && last?.event !== "done" && last?.event !== "problem") return "";
  return turn.retryable || (last?.event === "problem" && last.retryable === true) ? "untouched" : "ended";
}
