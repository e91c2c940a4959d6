/** Tests of memoization. */
import { expect, it } from "vitest";
import { createLru } from "./lru.ts";

it("is done once while its result is used, and again after its eviction", () => {
  const recent = createLru<string>(2);
  const done: string[] = [];
  const ask = (key: string) => recent.get(key, () => (done.push(key), key.toUpperCase()));
  expect([ask("a"), ask("b"), ask("a"), ask("c"), ask("a"), ask("b")]).toEqual([
    "A",
    "B",
    "A",
    "C",
    "A",
    "B",
  ]);
  expect(done).toEqual(["a", "b", "c", "b"]);
});

it("is done each time when its result is null", () => {
  const recent = createLru<string>(2);
  let times = 0;
  for (let count = 0; count < 3; count++) recent.get("forged", () => (times++, null));
  expect(times).toBe(3);
});
