/** Fair queue: limits concurrent calls, and lets visitors take turns, so that one with many calls starves no other. */
import { UpstreamFailure } from "../errors.ts";
import { createLanes, type Lane, type Waiter } from "./lanes.ts";
import type { Schedule } from "../../schedule.ts";

export type QueueOptions = {
  /** Calls that may run at a time. */
  concurrency: number;
  /** Calls that may wait. */
  length: number;
  /** Milliseconds that a call waits at most. */
  maxWaitMs: number;
  schedule: Schedule;
};

export type FairQueue = {
  /**
   * Resolves, once there is a slot, with a function that frees it (a second call does nothing). Lanes take turns, and so
   * do visitors within a lane; each visitor's own calls run in the order of their arrival. Rejects with `upstream-busy`
   * when the queue is full or the wait was too long, and with the signal's reason as soon as the signal aborts.
   */
  enter(place: Lane, signal: AbortSignal): Promise<() => void>;
  /** Calls that run and calls that wait. */
  count(): { running: number; waiting: number };
};

export function createFairQueue({ concurrency, length, maxWaitMs, schedule }: QueueOptions): FairQueue {
  const waiters = createLanes();
  let running = 0;

  const busy = (detail: string) =>
    // By then all calls that wait now have started or left.
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
