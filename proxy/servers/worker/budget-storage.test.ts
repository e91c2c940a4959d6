/** Tests of the budget's counts across restarts of a worker's object. */
import { expect, it } from "vitest";
import { openBudgetStore } from "./budget-storage.ts";
import type { ObjectStorage } from "./runtime-types.ts";

function memoryStorage(): ObjectStorage & { kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    delete: async (key) => kept.delete(key),
    list: async ({ prefix }) => new Map([...kept].filter(([key]) => key.startsWith(prefix))),
  };
}

it("counts on where it was when the object comes back", async () => {
  const storage = memoryStorage();
  const first = await openBudgetStore(storage);
  first.write("2026-11-24", 2);
  first.write("2026-11", 7);
  const second = await openBudgetStore(storage);
  expect([second.read("2026-11-24"), second.read("2026-11"), second.read("2026-11-25")]).toEqual([2, 7, 0]);
});

it("keeps the month through all its days, and two windows of each kind", async () => {
  const storage = memoryStorage();
  storage.kept.set("secret", "stays");
  for (const day of ["2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02"]) {
    // Opened anew each day, so that nothing rests on the order in which the windows were written.
    const store = await openBudgetStore(storage);
    for (const window of [day, day.slice(0, 7)]) store.write(window, store.read(window) + 1);
  }
  expect(Object.fromEntries(storage.kept)).toEqual({
    secret: "stays",
    "spent:2026-11": 2,
    "spent:2026-12": 2,
    "spent:2026-12-01": 1,
    "spent:2026-12-02": 1,
  });
});
