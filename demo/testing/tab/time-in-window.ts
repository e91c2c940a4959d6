/** Time for a window of happy-dom that stands still until a test moves it. */
import type { Window } from "happy-dom";
import type { ManualTime } from "../../../proxy/testing/manual-time.ts";

/** Milliseconds between two frames. */
const frame = 16;

/** What a window's scripts ask for time. `run` does what is due: what it throws is nobody's. */
export function timeInWindow(time: ManualTime, run: (work: () => void) => void) {
  const timers = new Map<number, () => void>();
  let ids = 0;
  let isOver = false;

  function later(work: unknown, milliseconds = 0, ...given: unknown[]): number {
    const id = ++ids;
    const undo = time.schedule(Math.max(0, milliseconds || 0), () => {
      timers.delete(id);
      if (typeof work === "function" && !isOver) run(() => void Reflect.apply(work, undefined, given));
    });
    timers.set(id, undo);
    return id;
  }

  function clear(id: unknown): void {
    timers.get(Number(id))?.();
    timers.delete(Number(id));
  }

  class ManualDate extends Date {
    constructor(given: number | string | Date = time.clock()) {
      super(given);
    }
    static override now = () => time.clock();
  }

  const members = {
    setTimeout: later,
    clearTimeout: clear,
    requestAnimationFrame: (work: (now: number) => void) => later(() => work(time.clock()), frame),
    cancelAnimationFrame: clear,
    requestIdleCallback: undefined,
    Date: ManualDate,
  };

  return {
    members,
    putInto(window: Window): void {
      for (const [name, value] of Object.entries(members)) Reflect.set(window, name, value);
    },
    end(): void {
      isOver = true;
      for (const undo of timers.values()) undo();
      timers.clear();
    },
  };
}
