/** Heartbeat of this instance, so that others leave its turns alone. */
import type { Redis } from "../../redis/redis.ts";
import type { TurnLog } from "./turn-log.ts";
import type { Schedule } from "../../schedule.ts";

export type Pace = {
  /** Milliseconds between two signs of life. */
  beat: number;
  /** Milliseconds after the last one until the instance counts as dead. */
  lease: number;
};

type PresenceOptions = {
  redis: Redis;
  turnLog: TurnLog;
  schedule: Schedule;
  pace: Pace;
  /**
   * Redis holds the lease; called after each sign of life that arrived. `needsResync`: the one before it did not arrive, or
   * Redis knew nothing of it any more: it may have lost everything else, too.
   */
  arrived: (needsResync: boolean) => void;
};

/** Returns how to end it: the lease ends then too, and the instance's turns are free to be taken. */
export function keepPresent({
  redis,
  turnLog,
  schedule,
  pace,
  arrived,
}: PresenceOptions): () => Promise<void> {
  let isEnded = false;
  let needsResync = true;
  let cancel = () => {};

  async function beat(): Promise<void> {
    cancel();
    cancel = schedule(pace.beat, () => void beat());
    try {
      const lived = await turnLog.beat(pace.lease);
      needsResync ||= !lived;
    } catch {
      needsResync = true;
      return;
    }
    if (!isEnded) arrived(needsResync);
    needsResync = false;
  }

  // Back from an absence the lease may have run out, so nothing is waited for.
  const unwatch = redis.watch(() => void (redis.isHere && beat()));
  void beat();
  return async () => {
    isEnded = true;
    unwatch();
    cancel();
    await turnLog.beat(0).catch(() => {});
  };
}
