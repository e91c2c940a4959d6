/** Tests of memory use under a flood of addresses, and of what is never evicted. */
import { expect, it } from "vitest";
import { createWindowTable } from "./window-table.ts";

const rates = [
  { max: 120, seconds: 60 },
  { max: 1200, seconds: 3600 },
  { max: 6000, seconds: 86_400 },
];

it("a million addresses take less than 200 MB, and the first ones are still counted at the end", () => {
  const table = createWindowTable(200_000);
  const before = process.memoryUsage.rss();
  let now = 1_790_000_000_000;
  let counted = 0;
  const limitOf = (n: number) => [{ key: `address 2001:db8:${n >> 16}:${n & 0xffff}::/64`, rates }];
  for (let n = 0; n < 1_000_000; n++) {
    now += 1;
    const limits = limitOf(n);
    if (table.wait(limits, now) > 0) continue;
    table.add(limits, now);
    counted++;
  }
  expect(counted).toBe(200_000);
  expect((process.memoryUsage.rss() - before) / 1e6).toBeLessThan(200);
  for (let n = 1; n < 6000; n++) table.add(limitOf(0), now);
  expect(table.wait(limitOf(0), now)).toBeGreaterThan(80_000_000);
}, 60_000);

it("expired keys make room by themselves", () => {
  const table = createWindowTable(1000);
  const minute = [{ max: 1, seconds: 60 }];
  let now = 1_790_000_000_000;
  for (let n = 0; n < 100_000; n++) {
    now += 200;
    const limits = [{ key: String(n), rates: minute }];
    expect(table.wait(limits, now)).toBe(0);
    table.add(limits, now);
  }
  expect(table.size).toBeLessThan(500);
});

it("a limit without rates takes no room", () => {
  const table = createWindowTable(1);
  for (const key of ["a", "b", "c"]) table.add([{ key, rates: [] }], 1);
  expect(table.size).toBe(0);
});
