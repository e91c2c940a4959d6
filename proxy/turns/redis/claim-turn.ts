/** Claims of turns: one request on one instance may ask a turn's question, decided with Redis or without it. */
import { RedisAway } from "../../redis/redis.ts";
import type { AbandonedTurns } from "./abandoned-turns.ts";
import type { TurnFinder } from "./find-turn.ts";
import type { Attempt, TurnLog } from "./turn-log.ts";
import { isTheirs } from "../is-theirs.ts";
import type { LocalTurns } from "../memory-turns.ts";
import type { Turn } from "../turn.ts";
import type { TurnStore } from "../turn-store.ts";
import type { TurnWriter } from "../turn-writer.ts";
import type { TurnRequest, Claim } from "../types.ts";

type ClaimsOptions = {
  turnLog: TurnLog;
  local: LocalTurns;
  store: TurnStore;
  abandoned: AbandonedTurns;
  /** While Redis is away, new turns are refused (`RedisAway`), or started for this instance alone. */
  whenAway: "refuse" | "local";
  finder: Pick<TurnFinder, "findHere" | "lookUp">;
  /** Starts this instance's turn; `isKnown`: whether Redis has it, too. */
  start: (turn: Turn, attempt: Attempt, asking: TurnRequest, isKnown: boolean) => TurnWriter;
};

type Claims = {
  claim(asking: TurnRequest): Promise<Claim>;
  /** Resolves when all claims made so far are decided. */
  decided(): Promise<void>;
};

export function createClaims(options: ClaimsOptions): Claims {
  const { turnLog, local, store, abandoned, whenAway, finder } = options;
  const pending = new Map<string, Promise<Claim>>();
  let attempts = 0;

  async function claim(asking: TurnRequest): Promise<Claim> {
    const { key, prompt, conversation, digest } = asking;
    const known = finder.findHere(key);
    if (known && !isTheirs(known, digest)) return { kind: "not-theirs" };
    if (known) return known.prompt === prompt ? { kind: "joined", turn: known } : { kind: "other-question" };
    if (!local.accepting || store.isFull) return { kind: "full" };
    const attemptId = `${turnLog.instance}.${++attempts}`;
    const away = (error: unknown) => {
      if (error instanceof RedisAway && whenAway === "local") return null;
      // The claim may have succeeded all the same; others who find it must not wait for this instance.
      abandoned.note({ id: key, attemptId }, true);
      throw error;
    };
    const claimed = await turnLog.claim(asking, attemptId).catch(away);
    if (claimed === null) {
      const here = local.claim(asking);
      return here.kind === "begun" ? begun(here.turn, { id: key, attemptId }, asking, false) : here;
    }
    if (claimed.what === "known") {
      const turn = await finder.lookUp(key);
      return turn ? { kind: "joined", turn } : { kind: "full" };
    }
    if (claimed.what !== "begun") return { kind: claimed.what };
    const { id } = claimed;
    const keys = [...new Set([id, key])];
    // If the instance began to stop during the claim, it would not be there to answer.
    const turn = local.accepting
      ? store.hold({ prompt, digest: digest ?? "", keys, conversation, own: true })
      : null;
    if (turn) return begun(turn, { id, attemptId }, asking, true);
    abandoned.note({ id, attemptId }, true);
    await abandoned.settle();
    return { kind: "full" };
  }

  function begun(turn: Turn, attempt: Attempt, asking: TurnRequest, isKnown: boolean): Claim {
    return { kind: "begun", turn, writer: options.start(turn, attempt, asking, isKnown) };
  }

  return {
    claim(asking) {
      // A second request for the same turn waits for the first one's result.
      const before = pending.get(asking.key) ?? Promise.resolve();
      const mine = before.then(
        () => claim(asking),
        () => claim(asking),
      );
      pending.set(asking.key, mine);
      return mine.finally(() => {
        if (pending.get(asking.key) === mine) pending.delete(asking.key);
      });
    },
    async decided() {
      await Promise.allSettled(pending.values());
    },
  };
}
