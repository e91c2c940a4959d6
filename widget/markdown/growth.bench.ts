/** What hostile answers cost, as ratios: four times the text beside the text, and as much plain prose in the same run. */
import { afterAll, describe, expect, it } from "vitest";
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
const maxGrowth = 11;

/** What takes less, in milliseconds, is too quick to tell growth from noise. */
const minMeasuredMs = 60;

type Read = (text: string) => void;
type Costs = { growth: number | null; besideProse: number };

const sentence = "The café opens at seven, every day but Monday, and bread is sold until noon.";
const prose = (size: number) => Array.from({ length: Math.ceil(size / 78) }, () => sentence).join("\n\n");

function leastOf(times: number, work: () => void): number {
  return Math.min(...Array.from({ length: times }, () => milliseconds(work)));
}

/** How much more four times the text costs, null when that was too quick; and how much more than as much prose. */
function costsOf(make: (size: number) => string, read: Read, size: number): Costs {
  const small = make(size);
  const large = make(size * 4);
  const plain = prose(large.length);
  let growth = Infinity;
  let long = Infinity;
  for (let attempt = 0; attempt < 6 && growth > maxGrowth; attempt++) {
    long = Math.min(
      long,
      milliseconds(() => read(large)),
    );
    if (long < minMeasuredMs) break;
    growth = Math.min(growth, long / leastOf(2, () => read(small)));
  }
  const besideProse = long / leastOf(3, () => read(plain));
  return { growth: long < minMeasuredMs ? null : growth, besideProse };
}

const rows: { name: string; how: string; costs: Costs }[] = [];

/** The dearest first; "quick" where the growth could not be told. */
afterAll(() => {
  const lines = rows
    .sort((one, other) => other.costs.besideProse - one.costs.besideProse)
    .map(({ name, how, costs }) => {
      const growth = costs.growth === null ? "quick" : `${costs.growth.toFixed(1)} ×`;
      return `${growth.padStart(8)}${`${costs.besideProse.toFixed(1)} ×`.padStart(14)}   ${how}, ${JSON.stringify(name)}`;
    });
  const head = `4 × the text  beside prose   answer (in proportion is 4 ×, by the square 16 ×; at most ${maxGrowth} ×)`;
  process.stdout.write(`${[head, ...lines].join("\n")}\n`);
});

describe("a hostile answer's cost", { timeout: 120_000 }, () => {
  function measured(name: string, how: string, costs: Costs): number {
    rows.push({ name, how, costs });
    return costs.growth ?? 4;
  }

  it.each(Object.entries(hostile))("of %j costs in proportion when read whole", (name, make) => {
    expect(measured(name, "whole", costsOf(make, whole, 8000))).toBeLessThan(maxGrowth);
  });

  it.each(Object.entries(hostile))("of %j costs in proportion when read in pieces", (name, make) => {
    expect(measured(name, "in pieces", costsOf(make, pieces, 5000))).toBeLessThan(maxGrowth);
  });
});
