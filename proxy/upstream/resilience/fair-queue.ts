/** So many at a time, and a short queue for the rest in which nobody's many callers starve somebody's one. */
import { UpstreamFailure } from "../errors.ts";
import { createLanes, type Lane, type Waiter } from "./lanes.ts";
import type { Schedule } from "../../schedule.ts";

export type QueueOptions = {
  /** How many may be inside at a time. */
  concurrency: number;
  /** How many may wait. */
  length: number;
  /** Milliseconds that anyone waits at most. */
  maxWaitMs: number;
  schedule: Schedule;
};

export type FairQueue = {
  /**
   * Resolves with what gives the place back (calling it twice does nothing more) once there is one. Lanes take turns, and
   * so do those within a lane; each one's own callers go in the order they came. Rejects with `upstream-busy` when the
   * queue is full or the wait was too long, and with the signal's reason as soon as that aborts.
   */
  enter(place: Lane, signal: AbortSignal): Promise<() => void>;
  /** How many are inside and how many wait. */
  count(): { running: number; waiting: number };
};

export function createFairQueue({ concurrency, length, maxWaitMs, schedule }: QueueOptions): FairQueue {
  const waiters = createLanes();
  let running = 0;

  const busy = (detail: string) =>
    // By then, whoever waits now has been let in or has gone.
    new UpstreamFailure("upstream-busy", detail, Math.max(1, Math.ceil(maxWaitMs / 1000)));

  function place(): () => void {
    running++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      running--;
      admitNext();
    };
  }

  function admitNext(): void {
    if (running < concurrency) waiters.next()?.admit();
  }

  function makeRoom(place: Lane): boolean {
    const newest = waiters.surplus(place);
    newest?.refuse(busy("refused by us: the queue is full, and others waited behind this caller's many"));
    return newest !== undefined;
  }

  function wait(lane: Lane, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        remove();
        cancel();
        signal.removeEventListener("abort", abort);
      };
      const waiter: Waiter = {
        admit: () => (leave(), resolve(place())),
        refuse: (reason) => (leave(), reject(reason)),
      };
      const abort = () => waiter.refuse(signal.reason);
      const remove = waiters.add(lane, waiter);
      signal.addEventListener("abort", abort);
      const cancel = schedule(maxWaitMs, () =>
        waiter.refuse(busy("refused by us: waited too long in the queue")),
      );
    });
  }

  return {
    async enter(lane, signal) {
      signal.throwIfAborted();
      if (running < concurrency) return place();
      if (length === 0 || (waiters.size() >= length && !makeRoom(lane)))
        throw busy("refused by us: the queue is full");
      return wait(lane, signal);
    },
    count: () => ({ running, waiting: waiters.size() }),
  };
}
