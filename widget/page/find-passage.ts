/** Search for the passage of a page that an answer most likely cites, by the words they share. */
import { rangeIn, readPage, type TextBlock, visibleStandIn } from "./page-text.ts";
import type { PendingJump } from "./pending-jump.ts";
import { sentencesOf, wordsOf } from "./tokenize.ts";

export type Passage = {
  readonly range: Range;
  /** Element to scroll to. */
  readonly element: Element;
  /** Whether the passage contains the sentence word for word, so that a text fragment finds it too. */
  readonly exact: boolean;
};

type Line = {
  readonly block: TextBlock;
  readonly from: number;
  readonly to: number;
  readonly words: Set<string>;
};

/** Share of the words that sentence and passage must have in common, 0 to 1; higher for a source's description. */
const enough = 0.42;
const enoughForAbout = 0.6;
const fewestShared = 3;
const maxLines = 3;

/** Weight of a word: low for words that are frequent on the page, and for short ones, most of them function words. */
function weigher(lines: readonly Line[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { words } of lines) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rarest = Math.log(1 + lines.length);
  return (word) => {
    const count = counts.get(word);
    // A word that is not on the page is the answer's own wording.
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

/** Extends a line by its neighbours in the block, as long as each improves the match. */
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

/** Null when no passage is similar enough, or none is visible. */
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
    // A text fragment highlights the first exact match; choosing another would show two highlights.
    if (found?.exact) return found;
    if (found && found.score > (best?.score ?? 0)) best = found;
  }
  return best ?? (about === null ? null : bestFor(about, enoughForAbout));
}
