/** The turns that this instance writes for all: their journals, and what concerns them together. */
import type { Problem } from "../../protocol/problems.ts";
import type { GiveUps } from "./abandoned-turns.ts";
import { inBatches } from "./in-batches.ts";
import { Journal, type JournalOptions } from "./replicated-writer.ts";
import type { Incarnation } from "./turn-log.ts";
import type { Turn } from "../turn.ts";
import type { Asking } from "../types.ts";

type Shared = Pick<JournalOptions, "ledger" | "redis" | "seal" | "report"> & { giveUps: GiveUps };
type Begun = Pick<JournalOptions, "turn" | "incarnation" | "record" | "saved" | "isKnown">;

/** Milliseconds that a turn which was given up is kept for those who wait for it elsewhere. */
const releasedKeep = 2000;

export class Journals {
  readonly #journals = new Map<Turn, Journal>();
  readonly #shared: Shared;
  readonly #closed: (turn: Turn) => void;
  #isCatchingUp = false;

  /** `closed` is told of each turn whose journal is complete, or no longer this instance's. */
  constructor(shared: Shared, closed: (turn: Turn) => void) {
    this.#shared = shared;
    this.#closed = closed;
  }

  of(turn: Turn): Journal | undefined {
    return this.#journals.get(turn);
  }

  open(begun: Begun): Journal {
    const closed = ({ turn }: Journal) => {
      this.#journals.delete(turn);
      this.#closed(turn);
    };
    const journal = new Journal({ ...this.#shared, ...begun, closed });
    this.#journals.set(begun.turn, journal);
    return journal;
  }

  /** For a turn that was just claimed; `isKnown` tells whether in Redis, too. */
  begin(turn: Turn, incarnation: Incarnation, asking: Asking, isKnown: boolean): Journal {
    const { prompt, conversation, key, digest } = asking;
    const record = { prompt, digest: digest ?? "", conversation: conversation ?? "", newer: "", keys: [key] };
    return this.open({ turn, incarnation, record, saved: 0, isKnown });
  }

  /** Keeps nothing of a turn that is over and that nobody can come for any more, but that Redis may wait for its end. */
  letGo(turn: Turn): void {
    const journal = this.#journals.get(turn);
    if (!journal || !turn.ending) return;
    this.#journals.delete(turn);
    this.#shared.giveUps.note(journal.incarnation, turn.untouched);
  }

  /** Ends a turn that was begun and will not be asked. */
  release(turn: Turn, problem: Problem): void {
    this.#journals.get(turn)?.fail(problem, true, releasedKeep);
  }

  stop(id: string): void {
    for (const journal of this.#journals.values()) if (journal.incarnation.id === id) journal.stop();
  }

  /** Tells Redis what it missed; `isAnew`: that may be everything. Never rejects. */
  async catchUp(isAnew: boolean): Promise<void> {
    if (isAnew) for (const journal of this.#journals.values()) journal.doubt();
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    const behind = [...this.#journals.values()].filter((journal) => journal.isBehind);
    await inBatches(behind, async (journal) => {
      await journal.sync();
      return this.#shared.redis.isHere;
    });
    await this.#shared.giveUps.settle();
    this.#isCatchingUp = false;
  }

  /** Lets other instances go on with every turn; those they cannot have end with the problem. */
  async handOver(problem: Problem): Promise<void> {
    await Promise.all([...this.#journals.values()].map((journal) => journal.handOver(problem)));
  }
}
