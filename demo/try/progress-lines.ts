/** What is said while a site is read, line by line, and at its end. */
import type { Progress } from "../../proxy/standin/crawler/read-site.ts";

/** Pages between two lines. */
const step = 10;

export const count = (number: number, one: string, many = `${one}s`) =>
  `${number} ${number === 1 ? one : many}`;

/** Each as a sentence about its pages, the most frequent first: "3 pages: answered 404". */
export function leftOutLines({ leftOut }: Pick<Progress, "leftOut">): string[] {
  return [...leftOut]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, times]) => `${times} × ${reason}`);
}

export const leftOutCount = ({ leftOut }: Pick<Progress, "leftOut">) =>
  [...leftOut.values()].reduce((sum, times) => sum + times, 0);

/** Where the pages were found. */
export const foundLine = ({ found, sitemap }: Pick<Progress, "found" | "sitemap">) =>
  sitemap === null
    ? `Found no sitemap, and ${count(found, "page")} by following the front page's links.`
    : `Found ${count(found, "page")} in ${sitemap}`;

export function progressLines(maxPages: number) {
  let isFoundShown = false;
  let readBefore = 0;
  return {
    /** The lines that are new by this progress. */
    next(progress: Progress): string[] {
      const lines: string[] = [];
      if (!isFoundShown) lines.push(foundLine(progress), ...delayLine(progress, maxPages));
      isFoundShown = true;
      if (progress.read >= readBefore + step) {
        readBefore = progress.read;
        lines.push(`Read ${progress.read} of ${Math.min(progress.found, maxPages)} …`);
      }
      return lines;
    },
    end(progress: Progress): string[] {
      const reasons = leftOutLines(progress);
      return [
        `Read ${count(progress.read, "page")}${reasons.length > 0 ? `, left out ${leftOutCount(progress)}:` : "."}`,
        ...reasons.map((reason) => `  ${reason}`),
      ];
    },
  };
}

function delayLine({ crawlDelayMs, found }: Progress, maxPages: number): string[] {
  if (crawlDelayMs === null || crawlDelayMs < 1000) return [];
  const minutes = Math.ceil((Math.min(found, maxPages) * Math.min(crawlDelayMs, 10_000)) / 60_000);
  return [
    `Its robots.txt asks for ${crawlDelayMs / 1000} seconds between pages (at most 10 are waited), so this takes about ${count(minutes, "minute")}; --pages 10 reads fewer.`,
  ];
}
