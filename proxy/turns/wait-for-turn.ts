/** Wait until a turn starts to answer, or ends. */
import type { Schedule } from "../schedule.ts";
import type { Turn } from "./turn.ts";

type Patience = {
  /** Aborts when the waiting client disconnects. */
  left?: AbortSignal | undefined;
  /** Milliseconds to wait at most; undefined waits for ever. */
  max?: number;
  /** Milliseconds to wait at most from the moment the turn's new conversation is known. */
  afterOpening?: number;
};

/** Resolves when the turn starts to answer or ends, on timeout, or when the client disconnects. */
export function untilAnswering(turn: Turn, schedule: Schedule, patience: Patience): Promise<void> {
  return wait(turn, schedule, () => turn.answering, patience);
}

/** Resolves when the turn has ended, or when the client disconnects. */
export function untilEnded(turn: Turn, schedule: Schedule, left?: AbortSignal): Promise<void> {
  return wait(turn, schedule, () => turn.ending !== null, { left });
}

function wait(turn: Turn, schedule: Schedule, isOver: () => boolean, patience: Patience): Promise<void> {
  return new Promise((resolve) => {
    let cancelMax = () => {};
    let cancelOpening: (() => void) | null = null;
    let unwatch = () => {};

    function done(): void {
      unwatch();
      patience.left?.removeEventListener("abort", done);
      cancelMax();
      cancelOpening?.();
      resolve();
    }
    function check(): void {
      if (isOver() || patience.left?.aborted) done();
      else if (turn.opened && patience.afterOpening !== undefined)
        cancelOpening ??= schedule(patience.afterOpening, done);
    }

    unwatch = turn.watch(check);
    patience.left?.addEventListener("abort", done);
    if (patience.max !== undefined) cancelMax = schedule(patience.max, done);
    check();
  });
}
