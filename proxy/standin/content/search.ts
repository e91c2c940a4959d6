/** Full-text search for the passages that answer a question; finds none when too little matches. */
import MiniSearch, { type SearchResult } from "minisearch";
import type { Passage } from "./passages.ts";
import { asksYesOrNo } from "./question-parts.ts";
import { meantWord } from "./spelling.ts";
import { plainForm, plainWords, rawWords, understood } from "./words.ts";

export type Found = {
  /** The page's id. */
  page: number;
  passage: Passage;
  /** Larger is better; only comparable within one search. */
  score: number;
  /** False when the passage needs its heading to be understood, because another question was asked. */
  alone: boolean;
};

export type Search = {
  add(page: number, title: string, passages: readonly Passage[]): void;
  /** Best first; empty when too little of the question is covered by any passage. */
  find(question: string): Found[];
  /** The page first added, for questions that name nothing. */
  opening(): Found | undefined;
};

/** Characters below which a passage rather announces something than explains it. */
const thin = 100;
/** How much of a question must be covered when a passage's heading or title names something of it. */
const enoughNamed = 0.35;
/** The same when only its text does: a long text matches some of many words by chance. */
const enoughMentioned = (words: number) => (words <= 3 ? 0.55 : 0.7);
/** How much of the heading and of the question must be the same before a passage is understood without its heading. */
const sameQuestion = { heading: 0.5, question: 0.55 };
/** Answers the heading's own question and no other. */
const verdict = /^(yes|no|not|only)\b/i;

type Entry = { id: number; title: string; heading: string; above: string; words: string };
type IndexedPassage = {
  page: number;
  passage: Passage;
  boost: number;
  heading: Set<string>;
  about: Set<string>;
};

export function createSearch(): Search {
  const all: IndexedPassage[] = [];
  const vocabulary = createVocabulary();
  const index = new MiniSearch<Entry>({
    fields: ["title", "heading", "above", "words"],
    tokenize: (text) => text.split(/[^\p{L}\p{N}]+/u),
    processTerm: (word) => plainForm(word),
  });

  return {
    add(page, title, passages) {
      for (const passage of passages) {
        const above = passage.above.join(" ");
        const { heading, words } = passage;
        index.add({ id: all.length, title, heading, above, words });
        vocabulary.add(`${title} ${heading} ${above} ${words}`, heading);
        const about = new Set(plainWords(`${title} ${heading}`));
        all.push({ page, passage, boost: boostOf(passage), heading: new Set(plainWords(heading)), about });
      }
    },
    find(text) {
      const asked = vocabulary.meantBy(text);
      if (asked.length === 0) return [];
      const named = new Set(/\b(it|this)\b/i.test(text) ? [...asked, vocabulary.subject()] : asked);
      const question = { text, asked, named };
      return index
        .search(asked.join(" "), {
          processTerm: (word) => word,
          boost: { heading: 3, title: 2, above: 1 },
          prefix: (word) => word.length > 3,
          boostDocument: (id) => all[id]?.boost ?? 1,
        })
        .flatMap((result) => {
          const entry = all[result.id];
          const found = entry && rate(entry, question, shareOf(result, asked, vocabulary.weight));
          return found ? [{ ...found, score: result.score * found.score }] : [];
        })
        .sort((one, other) => other.score - one.score);
    },
    opening() {
      const first = all[0];
      return first && { page: first.page, passage: first.passage, score: 1, alone: true };
    },
  };
}

/** Factor for passages that only announce something or only link elsewhere. */
function boostOf({ words, markdown }: Passage): number {
  const unlinked = markdown.replace(/\[(?:\\.|[^\]])*\]\([^)]*\)/g, "");
  return (words.length < thin ? 0.7 : 1) * (unlinked.length < words.length / 2 ? 0.3 : 1);
}

/** All words of the pages: their spellings, their frequency, and the main subject. */
function createVocabulary() {
  let passages = 0;
  /** Number of passages with a word. */
  const spread = new Map<string, number>();
  /** Number of headings with a word; "it" in a question means the most frequent one. */
  const headed = new Map<string, number>();
  /** All words as the pages spell them. */
  const written = new Set(understood);
  const countWords = (counts: Map<string, number>, text: string) => {
    for (const word of new Set(plainWords(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  };

  return {
    add(text: string, heading: string): void {
      passages++;
      for (const word of rawWords(text)) written.add(word);
      countWords(spread, text);
      countWords(headed, heading);
    },
    /** Weight of a word: rare and unknown ones weigh more than common ones. */
    weight: (word: string) => Math.log(1 + passages / (Math.max(2, spread.get(word) ?? 0) + 0.5)),
    /** Search terms of the question, each once, with spelling corrected. */
    meantBy(question: string): string[] {
      const forms = rawWords(question).flatMap((word) => {
        const form = plainForm(word);
        if (form === null || spread.has(form)) return form ?? [];
        return plainForm(meantWord(word, written) ?? word) ?? [];
      });
      return [...new Set(forms)];
    },
    subject: () => [...headed].reduce((top, one) => (one[1] > top[1] ? one : top), ["", 1])[0],
  };
}

/** Share of the question's words, by weight, that a result covers; a prefix match counts less. */
function shareOf(
  { terms, queryTerms }: SearchResult,
  asked: readonly string[],
  weight: (word: string) => number,
): number {
  const sum = (words: readonly string[], weigh: (word: string) => number) =>
    words.reduce((total, word) => total + weigh(word), 0);
  const exact = new Set(terms);
  return sum(queryTerms, (word) => weight(word) * (exact.has(word) ? 1 : 0.8)) / sum(asked, weight);
}

type Question = { text: string; asked: readonly string[]; named: ReadonlySet<string> };

/** Undefined when the passage covers too little of the question; `score` is the factor for the index' own score. */
function rate(
  { page, passage, heading, about }: IndexedPassage,
  { text, asked, named }: Question,
  share: number,
): Found | undefined {
  const isNamed = asked.some((word) => about.has(word));
  if (share < (isNamed ? enoughNamed : enoughMentioned(asked.length))) return undefined;
  const isAimed = asked.some((word) => heading.has(word));
  const aimed = isAimed ? [...heading].filter((word) => named.has(word)).length / heading.size : 0;
  const isVerdict = verdict.test(passage.words);
  const alone = isVerdict
    ? aimed === 1 && asksYesOrNo(text)
    : (aimed >= sameQuestion.heading && share >= sameQuestion.question) || !passage.heading.endsWith("?");
  const fits = (1 + aimed) * (isVerdict && !alone ? 0.5 : 1);
  return { page, passage, alone, score: share ** 2 * fits };
}
