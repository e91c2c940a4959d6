/** Lanes of waiting calls, which take turns: one for each network address, and within it one for each visitor. */
import { whoseCall } from "../../metrics/request-id.ts";

/** Position of a call: `lane` is shared by all visitors of an address, `own` is for one visitor. */
export type Lane = { readonly lane: string; readonly own: string };

/** The lane of the call's visitor; `own` where the visitor is not known. */
export function laneOf(signal: AbortSignal, own: string): Lane {
  const who = whoseCall(signal);
  return who ? { lane: `from ${who.address ?? "unknown"}`, own: who.visitor } : { lane: own, own };
}

export type Waiter = { admit: () => void; refuse: (reason: unknown) => void };

type Queue = { size: number; owns: Map<string, Set<Waiter>> };

export type Lanes = {
  /** Returns a function that removes the waiter. */
  add(lane: Lane, waiter: Waiter): () => void;
  /** The waiter whose turn it is; its lane becomes the last. */
  next(): Waiter | undefined;
  /**
   * The waiter that gives way to a new call: the newest of the visitor who has the most waiting in the longest lane.
   * Undefined where none has more waiting than the new caller would have.
   */
  surplus(lane: Lane): Waiter | undefined;
  size(): number;
};

export function createLanes(): Lanes {
  /** In the order of their turns; lanes without waiters are removed. */
  const lanes = new Map<string, Queue>();
  let waiting = 0;

  return {
    add({ lane, own }, waiter) {
      const queue = lanes.get(lane) ?? { size: 0, owns: new Map<string, Set<Waiter>>() };
      lanes.set(lane, queue);
      const waiters = queue.owns.get(own) ?? new Set();
      queue.owns.set(own, waiters);
      waiters.add(waiter);
      queue.size++;
      waiting++;
      return () => {
        if (!waiters.delete(waiter)) return;
        queue.size--;
        waiting--;
        if (waiters.size === 0) queue.owns.delete(own);
        if (queue.size === 0) lanes.delete(lane);
      };
    },

    next() {
      const queue = firstAgainLast(lanes);
      const waiters = queue && firstAgainLast(queue.owns);
      const [waiter] = waiters ?? [];
      return waiter;
    },

    surplus({ lane, own }) {
      // Every lane has one waiter, as when a thousand visitors come at once: no need to compare them.
      if (lanes.size === waiting) return undefined;
      const mine = lanes.get(lane);
      const largestLane = largest(lanes.values(), ({ size }) => size);
      if (largestLane && largestLane.size > (mine?.size ?? 0) + 1) return newestOf(largestLane);
      const largestOwn = mine && largest(mine.owns.values(), ({ size }) => size);
      return largestOwn && largestOwn.size > (mine.owns.get(own)?.size ?? 0) + 1 ? newestOf(mine) : undefined;
    },

    size: () => waiting,
  };
}

function newestOf({ owns }: Queue): Waiter | undefined {
  return [...(largest(owns.values(), ({ size }) => size) ?? [])].at(-1);
}

/** Returns the map's first value and makes it the last. */
function firstAgainLast<Value>(map: Map<string, Value>): Value | undefined {
  const [first] = map;
  if (!first) return undefined;
  map.delete(first[0]);
  map.set(first[0], first[1]);
  return first[1];
}

function largest<Value>(values: Iterable<Value>, sizeOf: (value: Value) => number): Value | undefined {
  let found: Value | undefined;
  for (const value of values) if (!found || sizeOf(value) > sizeOf(found)) found = value;
  return found;
}
