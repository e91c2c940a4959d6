/** LRU cache with a time to live for each value and a limit of their total weight. */
import { LRUCache } from "lru-cache";

export type TtlCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value, livesMs: number): void;
  drop(key: string): void;
};

export function createTtlCache<Value>(options: {
  clock: () => number;
  /** Limit of the total weight; a heavier value is not stored. */
  capacity: number;
  /** Weight of a value; default 1. */
  weigh?: (value: Value) => number;
}): TtlCache<Value> {
  const { clock, capacity, weigh = () => 1 } = options;
  // The library's own times to live don't end at a clock's zero, and last a millisecond too long.
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
