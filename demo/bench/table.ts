/** What was measured beside what is promised, as lines for a terminal. */
import type { LongConversation } from "./long-conversation.ts";
import type { Work } from "../testing/main-thread.ts";

export type Found = {
  ours: { small: readonly Work[]; large: readonly Work[] };
  naive: { small: readonly Work[]; large: readonly Work[] };
  short: readonly LongConversation[];
  long: readonly LongConversation[];
};

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

function judged(value: number, max: number, unit = ""): string {
  return `${value < 1 ? value.toFixed(3) : shown(value)}${unit} (at most ${max}: ${value <= max ? "kept" : "MISSED"})`;
}

function lines(rows: readonly (readonly string[])[]): string {
  return rows
    .map(
      ([name = "", ...cells]) =>
        name.padEnd(40) + cells.map((cell, at) => (at < 2 ? cell.padStart(12) : `   ${cell}`)).join(""),
    )
    .join("\n");
}

export function streamTable({ ours, naive }: Found): string {
  const total = (works: readonly Work[]) => median(works.map((work) => work.total));
  const longestTask = (works: readonly Work[]) => median(works.map((work) => work.longestTask));
  const [small, large] = [total(ours.small), total(ours.large)];
  const [naiveSmall, naiveLarge] = [total(naive.small), total(naive.large)];
  return lines([
    ["An answer in 4-character pieces", "naive", "ours", ""],
    ["20 kB, main thread, ms", shown(naiveSmall), shown(small), `${(small / naiveSmall).toFixed(3)} ×`],
    ["100 kB, main thread, ms", shown(naiveLarge), shown(large), judged(large / naiveLarge, 0.1, " ×")],
    [
      "growth from 20 to 100 kB",
      shown(naiveLarge / naiveSmall),
      shown(large / small),
      judged(large / small, 6),
    ],
    [
      "longest task, ms",
      shown(Math.max(longestTask(naive.small), longestTask(naive.large))),
      shown(Math.max(longestTask(ours.small), longestTask(ours.large))),
      judged(Math.max(longestTask(ours.small), longestTask(ours.large)), 50),
    ],
  ]);
}

export function conversationTable({ short, long }: Found): string {
  const names = ["coming back", "opening", "typing", "appending"] as const;
  return lines([
    ["Longest task at a quarter of the speed, ms", "1 turn", "1,000 turns", ""],
    ...names.map((name) => {
      const [few, many] = [short, long].map((all) => median(all.map((each) => each[name].longestTask)));
      return [name, shown(few ?? Number.NaN), shown(many ?? Number.NaN), judged(many ?? Number.NaN, 50)];
    }),
  ]);
}
