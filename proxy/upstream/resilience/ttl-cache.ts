/** LRU cache with a time to live for each value and a bound on what all of them weigh. */
import { LRUCache } from "lru-cache";

export type TtlCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value, livesMs: number): void;
  drop(key: string): void;
};

export function createTtlCache<Value>(options: {
  clock: () => number;
  /** The most all values may weigh together; one that is heavier is not kept. */
  capacity: number;
  /** What one value weighs; default 1. */
  weigh?: (value: Value) => number;
}): TtlCache<Value> {
  const { clock, capacity, weigh = () => 1 } = options;
  // The library's own times to live never end at a clock's zero and outlast their last millisecond.
  const entries = new LRUCache<string, { value: Value; until: number }>({
    maxSize: capacity,
    sizeCalculation: ({ value }) => Math.max(1, weigh(value)),
  });

  return {
    drop: (key) => void entries.delete(key),
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined || clock() < entry.until) return entry?.value;
      entries.delete(key);
      return undefined;
    },
    set: (key, value, livesMs) => void entries.set(key, { value, until: clock() + livesMs }),
  };
}
