/** Abandoned turns: Redis may still name this instance as their writer, and is corrected as soon as it answers. */
import { problems, type Problem } from "../../protocol/problems.ts";
import { RedisAway } from "../../redis/redis.ts";
import { inBatches } from "./in-batches.ts";
import type { Attempt, TurnLog } from "./turn-log.ts";
import { storedEvent, type Seal } from "./stored-event.ts";

type AbandonedTurnsOptions = {
  turnLog: Pick<TurnLog, "giveUp">;
  seal: Seal;
  /** Called with errors of Redis. */
  report: (error: unknown) => void;
};

type Noted = { attemptId: string; retryable: boolean };

/** Maximum of noted turns. The first ones matter: a Redis that is away for longer receives no claims to correct. */
const maxNoted = 5000;
/** Milliseconds that such a turn is stored for readers on other instances. */
const keep = 2000;
const busy: Problem = { code: "upstream-busy", message: problems["upstream-busy"].message };
const cut: Problem = { code: "answer-cut", message: problems["answer-cut"].message };

export class AbandonedTurns {
  /** By the turn's id or key; contains nothing of the question. */
  readonly #noted = new Map<string, Noted>();
  readonly #options: AbandonedTurnsOptions;
  #settling: Promise<void> | null = null;

  constructor(options: AbandonedTurnsOptions) {
    this.#options = options;
  }

  /** `retryable`: its question was certainly never asked, so that the turn may be sent again. */
  note({ id, attemptId }: Attempt, retryable: boolean): void {
    const known = this.#noted.get(id);
    if (!known && this.#noted.size >= maxNoted) return;
    this.#noted.set(id, { attemptId, retryable: retryable && known?.retryable !== false });
  }

  /** Reports all noted turns to Redis; those it did not receive stay noted. Never rejects. */
  settle(): Promise<void> {
    if (this.#noted.size > 0) this.#settling ??= this.#tellAll();
    return this.#settling ?? Promise.resolve();
  }

  async #tellAll(): Promise<void> {
    let goesOn = true;
    while (goesOn && this.#noted.size > 0)
      goesOn = await inBatches([...this.#noted], ([id, noted]) => this.#tell(id, noted));
    this.#settling = null;
  }

  /** False when Redis is away. */
  async #tell(id: string, noted: Noted): Promise<boolean> {
    const { turnLog, seal, report } = this.#options;
    const { attemptId, retryable } = noted;
    const event = storedEvent({ event: "problem", data: retryable ? busy : cut }, seal);
    try {
      await turnLog.giveUp({ id, attemptId }, event, retryable, keep);
    } catch (error) {
      if (error instanceof RedisAway) return false;
      report(error);
    }
    if (this.#noted.get(id) === noted) this.#noted.delete(id);
    return true;
  }
}
