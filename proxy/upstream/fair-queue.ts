/** So many at a time, and a short queue for the rest in which nobody's many callers starve somebody's one. */
import { UpstreamFailure } from "./failures.ts";
import type { Schedule } from "./schedule.ts";

export type QueueOptions = {
  /** How many may be inside at a time. */
  concurrency: number;
  /** How many may wait. */
  length: number;
  /** Milliseconds that anyone waits at most. */
  longestMs: number;
  schedule: Schedule;
};

export type FairQueue = {
  /**
   * Resolves with what gives the place back (calling it twice does nothing more) once there is one. Callers of one lane
   * go in the order they came; the lanes take turns. Rejects with `upstream-busy` when the queue is full or the wait
   * was too long, and with the signal's reason as soon as that aborts.
   */
  enter(lane: string, signal: AbortSignal): Promise<() => void>;
  /** How many are inside and how many wait. */
  count(): { running: number; waiting: number };
};

type Waiter = { admit: () => void; refuse: (reason: unknown) => void };

export function createFairQueue({ concurrency, length, longestMs, schedule }: QueueOptions): FairQueue {
  /** In the order of their turns. A lane without waiters is not kept. */
  const lanes = new Map<string, Set<Waiter>>();
  let running = 0;
  let waiting = 0;

  const busy = (detail: string) =>
    // By then, whoever waits now has been let in or has gone.
    new UpstreamFailure("upstream-busy", detail, Math.max(1, Math.ceil(longestMs / 1000)));

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
    const [next] = lanes;
    if (!next || running >= concurrency) return;
    const [lane, waiters] = next;
    const [waiter] = waiters;
    lanes.delete(lane);
    // Behind all others again.
    lanes.set(lane, waiters);
    waiter?.admit();
  }

  /** Makes room by sending the newest away from the longest lane; false where no lane is longer than the newcomer's. */
  function makeRoom(lane: string): boolean {
    const own = lanes.get(lane)?.size ?? 0;
    // Every lane has one waiter, as when a thousand visitors come at once: there is no need to look at each.
    if (lanes.size === waiting) return false;
    let longest: Set<Waiter> | undefined;
    for (const waiters of lanes.values()) if (waiters.size > (longest?.size ?? own + 1)) longest = waiters;
    const newest = longest && [...longest].at(-1);
    newest?.refuse(busy("refused by us: the queue is full, and others waited behind this caller's many"));
    return newest !== undefined;
  }

  function wait(lane: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const waiters = lanes.get(lane) ?? new Set();
      lanes.set(lane, waiters);
      waiting++;
      const leave = () => {
        waiting--;
        waiters.delete(waiter);
        if (waiters.size === 0) lanes.delete(lane);
        cancel();
        signal.removeEventListener("abort", abort);
      };
      const waiter: Waiter = {
        admit: () => (leave(), resolve(place())),
        refuse: (reason) => (leave(), reject(reason)),
      };
      const abort = () => waiter.refuse(signal.reason);
      waiters.add(waiter);
      signal.addEventListener("abort", abort);
      const cancel = schedule(longestMs, () =>
        waiter.refuse(busy("refused by us: waited too long in the queue")),
      );
    });
  }

  return {
    async enter(lane, signal) {
      signal.throwIfAborted();
      if (running < concurrency) return place();
      if (length === 0 || (waiting >= length && !makeRoom(lane)))
        throw busy("refused by us: the queue is full");
      return wait(lane, signal);
    },
    count: () => ({ running, waiting }),
  };
}
