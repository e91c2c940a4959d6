/** Waits for the moment at which it is known how a turn goes. */
import type { Schedule } from "./schedule.ts";
import type { Turn } from "./turn.ts";

type Patience = {
  /** Milliseconds to wait at most; undefined waits for ever. */
  longest?: number;
  /** Milliseconds to wait at most from the moment the turn's new conversation is known. */
  afterOpening?: number;
};

/** Resolves when the turn has begun to answer or has ended, or when patience ends. */
export function untilAnswering(turn: Turn, schedule: Schedule, patience: Patience): Promise<void> {
  return wait(turn, schedule, () => turn.answering, patience);
}

/** Resolves when the turn has ended. */
export function untilEnded(turn: Turn, schedule: Schedule): Promise<void> {
  return wait(turn, schedule, () => turn.ending !== null, {});
}

function wait(turn: Turn, schedule: Schedule, isOver: () => boolean, patience: Patience): Promise<void> {
  return new Promise((resolve) => {
    let cancelLongest = () => {};
    let cancelOpening: (() => void) | null = null;
    let unwatch = () => {};

    function done(): void {
      unwatch();
      cancelLongest();
      cancelOpening?.();
      resolve();
    }
    function check(): void {
      if (isOver()) done();
      else if (turn.opened && patience.afterOpening !== undefined)
        cancelOpening ??= schedule(patience.afterOpening, done);
    }

    unwatch = turn.watch(check);
    if (patience.longest !== undefined) cancelLongest = schedule(patience.longest, done);
    check();
  });
}
