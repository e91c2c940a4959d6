/** Reserved slots: the one in which a conversation was begun waits for its first question, so that a turn queues once. */
import type { Schedule } from "../../schedule.ts";

/** The question follows within moments; a place nobody comes for must not stay taken. */
const maxHoldMs = 2000;

export type ReservedSlots = {
  /** Keeps it until it is taken, the signal aborts, or its time is over. */
  keep(session: string, leave: () => void, signal: AbortSignal): void;
  /** The place kept for that session, which is the caller's now; undefined when there is none any more. */
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
