/** Pacer: lets requests begin one after the other, with a pause between. */

export type Pacer = {
  /** Waits for the next turn. Rejects when the signal is aborted meanwhile. */
  turn: (signal: AbortSignal) => Promise<void>;
  /** Pauses at least this long from now on, in ms. */
  slowDown: (pauseMs: number) => void;
};

export type Time = {
  /** The time in ms. */
  clock: () => number;
  /** Rejects when the signal is aborted. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
};

export function createPacer({ clock, sleep }: Time, pauseMs: number): Pacer {
  let pause = pauseMs;
  let next = 0;
  return {
    async turn(signal) {
      const now = clock();
      const at = Math.max(now, next);
      next = at + pause;
      if (at > now) await sleep(at - now, signal);
    },
    slowDown: (pauseMs) => void (pause = Math.max(pause, pauseMs)),
  };
}
