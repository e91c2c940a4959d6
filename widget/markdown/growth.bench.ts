/** What hostile answers cost: how much more four times the text takes, beside plain prose in the same run. */
import { describe, expect, it } from "vitest";
import { createMarkdownParser, parseMarkdown } from "./parser.ts";
import { hostile } from "./testing/hostile.ts";

function whole(text: string): void {
  parseMarkdown(text);
}

function pieces(text: string): void {
  const parser = createMarkdownParser();
  for (let at = 0; at < text.length; at += 512) {
    parser.push(text.slice(at, at + 512));
    void parser.blocks;
  }
  parser.end();
  void parser.blocks;
}

/** Of the processor, not of the clock: the machine may be busy with other things. */
function milliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Four times the text costs four times as much, sixteen times if by the square; between the two lies noise. */
const mostGrowth = 11;

/** How much more four times the text costs; what is too quick to measure counts as linear. */
function growth(make: (size: number) => string, read: (text: string) => void, size: number): number {
  const small = make(size);
  const large = make(size * 4);
  let least = Infinity;
  for (let attempt = 0; attempt < 6 && least > mostGrowth; attempt++) {
    const long = milliseconds(() => read(large));
    if (long < 60) return 4;
    const short = Math.min(
      milliseconds(() => read(small)),
      milliseconds(() => read(small)),
    );
    least = Math.min(least, long / short);
  }
  return least;
}

describe("a hostile answer's cost", { timeout: 120_000 }, () => {
  it.each(Object.entries(hostile))("of %j costs in proportion when read whole", (_, make) => {
    expect(growth(make, whole, 8000)).toBeLessThan(mostGrowth);
  });

  it.each(Object.entries(hostile))("of %j costs in proportion when read in pieces", (_, make) => {
    expect(growth(make, pieces, 5000)).toBeLessThan(mostGrowth);
  });
});
