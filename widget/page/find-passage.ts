/** Search for the passage of a page that an answer most likely cites, by shared words. */
import { rangeIn, readPage, type TextBlock, visibleStandIn } from "./page-text.ts";
import type { PendingJump } from "./pending-jump.ts";
import { sentencesOf, wordsOf } from "./tokenize.ts";

export type Passage = {
  readonly range: Range;
  /** What is to be scrolled to. */
  readonly element: Element;
  /** Whether the sentence stands there word for word, so that a browser's own search finds it too. */
  readonly exact: boolean;
};

type Line = {
  readonly block: TextBlock;
  readonly from: number;
  readonly to: number;
  readonly words: Set<string>;
};

/** How much of sentence and passage must be shared, from 0 to 1; more where only the source's description is known. */
const enough = 0.42;
const enoughForAbout = 0.6;
const fewestShared = 3;
const maxLines = 3;

/** Words that are everywhere on the page say little, and so do short ones: in most languages they hold sentences together. */
function weigher(lines: readonly Line[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { words } of lines) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarest = Math.log(1 + lines.length);
  return (word) => {
    const count = counts.get(word);
    // What is not on the page at all is the answer's own way to put it.
    return lengthOf(word) * (count ? Math.log(1 + lines.length / count) : rarest / 2);
  };
}

function createScorer(weigh: (word: string) => number) {
  const weightOf = (words: Iterable<string>) => {
    let sum = 0;
    for (const word of words) sum += weigh(word);
    return sum;
  };
  return (wanted: ReadonlySet<string>, words: ReadonlySet<string>): number => {
    const shared = [...wanted].filter((word) => words.has(word));
    if (shared.length < Math.min(fewestShared, wanted.size)) return 0;
    return (2 * weightOf(shared)) / (weightOf(wanted) + weightOf(words));
  };
}

const lengthOf = (word: string) =>
  /^[a-z]|^\p{sc=Cyrl}|^\p{sc=Grek}/u.test(word) ? Math.min(1, word.length / 6) : 1;

/** A line and its neighbours in the block, as long as each makes the match better. */
function grown(lines: readonly Line[], at: number, score: (words: ReadonlySet<string>) => number) {
  let best = { first: at, last: at, score: score(lines[at]?.words ?? new Set()) };
  for (let more = true; more;) {
    more = false;
    for (const [first, last] of [
      [best.first, best.last + 1],
      [best.first - 1, best.last],
    ] as const) {
      const some = lines.slice(Math.max(0, first), last + 1);
      const isOneBlock = first >= 0 && lines[last] && lines[first]?.block === lines[last].block;
      if (!isOneBlock || some.length > maxLines) continue;
      const better = score(new Set(some.flatMap(({ words }) => [...words])));
      if (better > best.score) {
        best = { first, last, score: better };
        more = true;
      }
    }
  }
  return best;
}

/** Null when the page says nothing that is like enough, or nothing of it can be seen. */
export function findPassage(body: Element, { said, about }: PendingJump): Passage | null {
  const lines: Line[] = readPage(body).flatMap((block) =>
    sentencesOf(block.text).map(({ from, to }) => ({
      block,
      from,
      to,
      words: new Set(wordsOf(block.text.slice(from, to))),
    })),
  );
  const score = createScorer(weigher(lines));

  function bestFor(sentence: string, least: number) {
    const wanted = new Set(wordsOf(sentence));
    const ranked = lines
      .map((line, at) => ({ at, score: score(wanted, line.words) }))
      .filter((each) => each.score > least / 2)
      .sort((one, other) => other.score - one.score)
      .slice(0, 8)
      .map(({ at }) => grown(lines, at, (words) => score(wanted, words)))
      .filter((each) => each.score >= least)
      .sort((one, other) => other.score - one.score);
    for (const { first, last, score: reached } of ranked) {
      const [start, end] = [lines[first], lines[last]];
      const element = start && visibleStandIn(start.block.element);
      if (!start || !end || !element) continue;
      const range = rangeIn(start.block, start.from, end.to);
      if (element !== start.block.element) range.selectNodeContents(element);
      const exact = wordsOf(start.block.text).join(" ").includes(wordsOf(sentence).join(" "));
      return { range, element, exact, score: reached };
    }
    return null;
  }

  let best: (Passage & { score: number }) | null = null;
  for (const sentence of said) {
    const found = bestFor(sentence, enough);
    // A browser's own search goes to the first that stands there word for word, and two marks would be one too many.
    if (found?.exact) return found;
    if (found && found.score > (best?.score ?? 0)) best = found;
  }
  return best ?? (about === null ? null : bestFor(about, enoughForAbout));
}
