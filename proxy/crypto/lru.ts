/** Remembers what work came to that always comes to the same: so many results, and those not asked for longest go first. */

export type Recent<Value> = {
  /** What is remembered under this key, or what the work makes, which is remembered unless it is null. */
  get(key: string, work: () => Value | null): Value | null;
};

export function createRecent<Value>(most: number): Recent<Value> {
  // A Map keeps the order of insertion, so the first entry is the one used longest ago.
  const results = new Map<string, Value>();
  return {
    get(key, work) {
      const known = results.get(key);
      const result = known ?? work();
      if (result === null) return null;
      if (known !== undefined) results.delete(key);
      results.set(key, result);
      const [oldest] = results.size > most ? results.keys() : [];
      if (oldest !== undefined) results.delete(oldest);
      return result;
    },
  };
}
