/** Tokenizer of text: comparable words, and sentences. */
import { codePointsOf } from "../builtins/code-points.ts";

/** Scripts that put no spaces between words are compared by pairs of characters. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** Ignores case, accents and punctuation. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).flatMap((word) =>
    unspaced.test(word) && word.length > 1 ? pairsOf(codePointsOf(word)) : [word],
  );
}

const pairsOf = (signs: readonly string[]) =>
  signs.slice(1).map((sign, index) => (signs[index] ?? "") + sign);

/** Start and end offsets of the sentences in a text. */
export function sentencesOf(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { index, 0: sentence } of text.matchAll(/\S[^]*?(?:[.!?…]["'”’)]*(?=\s|$)|[。！？]|$)/g))
    found.push({ from: index, to: index + sentence.trimEnd().length });
  return found;
}
