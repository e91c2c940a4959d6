/** Tests of the cache: lifetime, order of eviction, weights. */
import { expect, it } from "vitest";
import { createTtlCache } from "./ttl-cache.ts";

function cacheOf(capacity: number, weigh?: (value: string) => number) {
  let now = 0;
  const cache = createTtlCache<string>({ clock: () => now, capacity, ...(weigh ? { weigh } : {}) });
  return { cache, later: (ms: number) => (now += ms) };
}

it("drops expired values", () => {
  const { cache, later } = cacheOf(10);
  cache.set("a", "A", 100);
  later(99);
  expect(cache.get("a")).toBe("A");
  later(1);
  expect(cache.get("a")).toBeUndefined();
});

it("evicts the least recently used value", () => {
  const { cache } = cacheOf(2);
  cache.set("a", "A", 100);
  cache.set("b", "B", 100);
  cache.get("a");
  cache.set("c", "C", 100);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual(["A", undefined, "C"]);
});

it("limits the total weight, and stores no value above it", () => {
  const { cache } = cacheOf(10, (value) => value.length);
  cache.set("a", "12345", 100);
  cache.set("a", "123", 100);
  cache.set("b", "1234567", 100);
  expect([cache.get("a"), cache.get("b")]).toEqual(["123", "1234567"]);
  cache.set("c", "x".repeat(11), 100);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual(["123", "1234567", undefined]);
  cache.set("d", "1", 100);
  expect([cache.get("a"), cache.get("b"), cache.get("d")]).toEqual([undefined, "1234567", "1"]);
});
