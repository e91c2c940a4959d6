/** Replicated writers of this instance, and the operations on all of them. */
import type { Problem } from "../../protocol/problems.ts";
import type { AbandonedTurns } from "./abandoned-turns.ts";
import { inBatches } from "./in-batches.ts";
import { ReplicatedWriter, type ReplicatedWriterOptions } from "./replicated-writer.ts";
import type { Attempt } from "./turn-log.ts";
import type { Turn } from "../turn.ts";
import type { TurnRequest } from "../types.ts";

type Shared = Pick<ReplicatedWriterOptions, "turnLog" | "redis" | "seal" | "report"> & {
  abandoned: AbandonedTurns;
};
type Started = Pick<ReplicatedWriterOptions, "turn" | "attempt" | "record" | "saved" | "isKnown">;

/** Milliseconds that an abandoned turn is stored for readers on other instances. */
const releasedKeep = 2000;

export class ReplicatedWriters {
  readonly #writers = new Map<Turn, ReplicatedWriter>();
  readonly #shared: Shared;
  readonly #closed: (turn: Turn) => void;
  #isCatchingUp = false;

  /** `closed` is called for each turn whose writing is complete, or was taken over by another instance. */
  constructor(shared: Shared, closed: (turn: Turn) => void) {
    this.#shared = shared;
    this.#closed = closed;
  }

  of(turn: Turn): ReplicatedWriter | undefined {
    return this.#writers.get(turn);
  }

  open(begun: Started): ReplicatedWriter {
    const closed = ({ turn }: ReplicatedWriter) => {
      this.#writers.delete(turn);
      this.#closed(turn);
    };
    const writer = new ReplicatedWriter({ ...this.#shared, ...begun, closed });
    this.#writers.set(begun.turn, writer);
    return writer;
  }

  /** For a turn that was just claimed; `isKnown`: whether Redis has it, too. */
  start(turn: Turn, attempt: Attempt, asking: TurnRequest, isKnown: boolean): ReplicatedWriter {
    const { prompt, conversation, key, digest } = asking;
    const record = { prompt, digest: digest ?? "", conversation: conversation ?? "", newer: "", keys: [key] };
    return this.open({ turn, attempt, record, saved: 0, isKnown });
  }

  /** Drops the writer of a turn that has ended and can no longer be read, unless Redis still waits for its end. */
  letGo(turn: Turn): void {
    const writer = this.#writers.get(turn);
    if (!writer || !turn.ending) return;
    this.#writers.delete(turn);
    this.#shared.abandoned.note(writer.attempt, turn.retryable);
  }

  /** Ends a turn that was started and will not be asked. */
  release(turn: Turn, problem: Problem): void {
    this.#writers.get(turn)?.fail(problem, true, releasedKeep);
  }

  stop(id: string): void {
    for (const writer of this.#writers.values()) if (writer.attempt.id === id) writer.stop();
  }

  /** Sends Redis what it missed; `needsResync`: it may have missed everything. Never rejects. */
  async catchUp(needsResync: boolean): Promise<void> {
    if (needsResync) for (const writer of this.#writers.values()) writer.doubt();
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    const behind = [...this.#writers.values()].filter((writer) => writer.isBehind);
    await inBatches(behind, async (writer) => {
      await writer.sync();
      return this.#shared.redis.isHere;
    });
    await this.#shared.abandoned.settle();
    this.#isCatchingUp = false;
  }

  /** Lets other instances go on with every turn; those they cannot have end with the problem. */
  async handOver(problem: Problem): Promise<void> {
    await Promise.all([...this.#writers.values()].map((writer) => writer.handOver(problem)));
  }
}
