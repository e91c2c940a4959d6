/** What the screen shows while a site is read. */
import { expect, it } from "vitest";
import type { Progress } from "../../proxy/standin/crawler/read-site.ts";
import { progressLines } from "./progress-lines.ts";

const known = { found: 240, sitemap: "https://shop.test/sitemap.xml", crawlDelayMs: null };
const progress = (read: number, more: Partial<Progress> = {}): Progress => ({
  ...known,
  read,
  leftOut: new Map(),
  ...more,
});

it("says once where the pages are, then every tenth page, and at the end what was left out", () => {
  const lines = progressLines(100);
  const said = Array.from({ length: 25 }, (_, read) => lines.next(progress(read))).flat();
  expect(said).toEqual([
    "Found 240 pages in https://shop.test/sitemap.xml",
    "Read 10 of 100 …",
    "Read 20 of 100 …",
  ]);
  const leftOut = new Map([
    ["answered 404", 1],
    ["has no text", 3],
  ]);
  expect(lines.end(progress(1, { leftOut }))).toEqual([
    "Read 1 page, left out 4:",
    "  3 × has no text",
    "  1 × answered 404",
  ]);
  expect(lines.end(progress(2))).toEqual(["Read 2 pages."]);
});

it("says how long it takes where robots.txt asks for pauses, and that there was no sitemap", () => {
  const [found, delay] = progressLines(100).next(progress(0, { sitemap: null, crawlDelayMs: 30_000 }));
  expect(found).toBe("Found no sitemap, and 240 pages by following the front page's links.");
  expect(delay).toMatch(/asks for 30 seconds .*about 17 minutes; --pages 10 reads fewer/);
  expect(progressLines(100).next(progress(0, { crawlDelayMs: 200 }))).toHaveLength(1);
});
