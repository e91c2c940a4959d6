/** Budget store in the object's storage, so that what was spent holds across restarts and evictions. */
import type { BudgetStore } from "../../limits/budget.ts";
import type { ObjectStorage } from "./runtime-types.ts";

const prefix = "spent:";

/**
 * Reads everything once; then memory answers and storage follows. Writes are not awaited: the runtime holds back
 * everything sent after a write, the question upstream included, until the write is durable.
 */
export async function openBudgetStore(storage: ObjectStorage): Promise<BudgetStore> {
  const spent = new Map<string, number>();
  for (const [key, value] of await storage.list({ prefix }))
    if (typeof value === "number") spent.set(key.slice(prefix.length), value);

  /** Keeps two days and two months; others are never read again. */
  function forgetOld(): void {
    for (const length of ["2026-11".length, "2026-11-24".length]) {
      const kind = Array.from(spent.keys()).filter((window) => window.length === length);
      for (const old of kind.toSorted().slice(0, -2)) {
        spent.delete(old);
        void storage.delete(prefix + old);
      }
    }
  }

  return {
    read: (window) => spent.get(window) ?? 0,
    write(window, count) {
      const isNew = !spent.has(window);
      spent.set(window, count);
      void storage.put(prefix + window, count);
      if (isNew) forgetOld();
    },
  };
}
