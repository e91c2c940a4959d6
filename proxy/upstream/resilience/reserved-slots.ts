/** Reserved slots: a conversation's first question takes the slot in which it was started, so that a turn queues once. */
import type { Schedule } from "../../schedule.ts";

/** Milliseconds. The question follows within moments; without it the slot must become free. */
const maxHoldMs = 2000;

export type ReservedSlots = {
  /** Reserves the slot until it is taken, the signal aborts, or its time is over. */
  keep(session: string, leave: () => void, signal: AbortSignal): void;
  /** The slot that is reserved for this session, now the caller's; undefined when there is none. */
  take(session: string): (() => void) | undefined;
};

export function createReservedSlots(schedule: Schedule): ReservedSlots {
  const reserved = new Map<string, () => () => void>();
  return {
    keep(session, leave, signal) {
      const give = () => take()();
      const cancel = schedule(maxHoldMs, give);
      function take(): () => void {
        cancel();
        signal.removeEventListener("abort", give);
        if (reserved.get(session) === take) reserved.delete(session);
        return leave;
      }
      reserved.get(session)?.()();
      reserved.set(session, take);
      signal.addEventListener("abort", give);
      if (signal.aborted) give();
    },
    take: (session) => reserved.get(session)?.(),
  };
}
