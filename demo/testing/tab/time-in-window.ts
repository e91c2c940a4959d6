/** Manual time for a window of happy-dom. */
import type { Window } from "happy-dom";
import type { ManualTime } from "../../../proxy/testing/manual-time.ts";

/** Milliseconds between two frames. */
const frame = 16;

/** Timer functions of a window. `run` runs a due callback, whose errors are uncaught. */
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
