/** Remembers values for a while: the least recently used go when it is full, each goes when its time is up. */

export type BoundedCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value, livesMs: number): void;
  drop(key: string): void;
};

export function createBoundedCache<Value>(options: {
  clock: () => number;
  /** The most all values may weigh together. */
  capacity: number;
  /** What one value weighs; default 1. */
  weigh?: (value: Value) => number;
}): BoundedCache<Value> {
  const { clock, capacity, weigh = () => 1 } = options;
  // A Map keeps the order of insertion, so the first entry is the one used longest ago.
  const entries = new Map<string, { value: Value; until: number; weight: number }>();
  let load = 0;

  function remove(key: string) {
    load -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  return {
    drop: remove,
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (clock() >= entry.until) {
        load -= entry.weight;
        return undefined;
      }
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, livesMs) {
      remove(key);
      const weight = weigh(value);
      if (weight > capacity) return;
      entries.set(key, { value, until: clock() + livesMs, weight });
      load += weight;
      for (const oldest of entries.keys()) {
        if (load <= capacity) break;
        remove(oldest);
      }
    },
  };
}
