/** Memoization of pure functions in a bounded LRU cache. */
import { LRUCache } from "lru-cache";

export type Recent<Value> = {
  /** The cached result of `work`; a null result is not cached. */
  get(key: string, work: () => Value | null): Value | null;
};

export function createLru<Value extends object | string>(max: number): Recent<Value> {
  const results = new LRUCache<string, Value>({ max });
  return {
    get(key, work) {
      const known = results.get(key);
      if (known !== undefined) return known;
      const result = work();
      if (result !== null) results.set(key, result);
      return result;
    },
  };
}
