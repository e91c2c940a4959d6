/** Clock and timers that advance only when a test says so. */
import type { Schedule } from "../schedule.ts";

export type ManualTime = {
  /** Milliseconds since 1970. */
  clock: () => number;
  schedule: Schedule;
  /** How many works are waiting. */
  waiting: () => number;
  /** Advances the time, runs due timers, and lets promises settle. */
  pass(milliseconds: number): Promise<void>;
};

export function createManualTime(start = Date.UTC(2026, 0, 1)): ManualTime {
  let now = start;
  const waiting = new Set<{ at: number; work: () => void }>();
  return {
    clock: () => now,
    waiting: () => waiting.size,
    schedule(milliseconds, work) {
      const entry = { at: now + milliseconds, work };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await settled();
      for (;;) {
        const next = [...waiting].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        waiting.delete(next);
        next.work();
        await settled();
      }
      now = end;
    },
  };
}

/** Resolves when promises that only wait for each other have settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
