/** Finds the passages that answer a question, and knows when none does. */
import MiniSearch from "minisearch";
import type { Passage } from "./passages.ts";
import { plainForm, plainWords } from "./words.ts";

export type Found = {
  /** The page's id. */
  page: number;
  passage: Passage;
  /** Larger is better; only comparable within one search. */
  score: number;
};

export type Search = {
  add(page: number, title: string, passages: readonly Passage[]): void;
  /** Best first; empty when too little of the question is covered by any passage. */
  find(question: string): Found[];
  /** The page first added, for questions that name nothing. */
  opening(): Found | undefined;
};

/** Characters below which a passage rather announces something than says it. */
const thin = 100;

type Entry = { id: number; title: string; heading: string; above: string; words: string };

/** How much of a passage's heading was asked for, from 0 to 1: "Add the chat" before "Add the chat to a shop". */
function aimed(passage: Passage, asked: readonly string[]): number {
  const heading = plainWords(passage.heading);
  return heading.filter((word) => asked.includes(word)).length / Math.max(1, heading.length);
}

export function createSearch(): Search {
  const all: { page: number; passage: Passage }[] = [];
  /** In how many passages a word occurs. */
  const spread = new Map<string, number>();
  const index = new MiniSearch<Entry>({
    fields: ["title", "heading", "above", "words"],
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u),
    processTerm: (word) => plainForm(word),
  });

  /** How telling a word is: rare ones more than common ones, unknown ones like rare ones. */
  const weight = (word: string) => Math.log(1 + all.length / (Math.max(2, spread.get(word) ?? 0) + 0.5));

  return {
    add(page, title, passages) {
      for (const passage of passages) {
        const above = passage.above.join(" ");
        const { heading, words } = passage;
        index.add({ id: all.length, title, heading, above, words });
        for (const word of new Set(plainWords(`${title} ${heading} ${above} ${words}`))) {
          spread.set(word, (spread.get(word) ?? 0) + 1);
        }
        all.push({ page, passage });
      }
    },
    find(question) {
      const asked = [...new Set(plainWords(question))];
      if (asked.length === 0) return [];
      const total = asked.reduce((sum, word) => sum + weight(word), 0);
      const enough = asked.length <= 2 ? 0.55 : asked.length <= 4 ? 0.5 : 0.35;
      const results = index.search(asked.join(" "), {
        processTerm: (word) => word,
        boost: { heading: 3, title: 2, above: 1 },
        prefix: (word) => word.length > 3,
        fuzzy: (word) => (word.length > 4 ? 0.2 : false),
        boostDocument: (id) => ((all[id]?.passage.words.length ?? 0) < thin ? 0.7 : 1),
      });
      return results
        .flatMap((result) => {
          const entry = all[result.id];
          if (entry === undefined) return [];
          const exact = new Set(result.terms);
          const covered = result.queryTerms.reduce(
            (sum, word) => sum + weight(word) * (exact.has(word) ? 1 : 0.8),
            0,
          );
          const share = covered / total;
          if (share < enough) return [];
          const score = result.score * share ** 2 * (1 + aimed(entry.passage, asked));
          return [{ ...entry, score }];
        })
        .sort((one, other) => other.score - one.score);
    },
    opening() {
      const first = all[0];
      return first && { ...first, score: 1 };
    },
  };
}
