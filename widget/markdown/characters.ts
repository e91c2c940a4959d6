/** What kind of character stands beside a run of `*`, `_` or `~`, and so what the run may do. */
import type { Delimiter } from "./emphasis.ts";

const punctuation = /[\p{P}\p{S}]/u;
// Chinese, Japanese and Korean letters and their punctuation, which stand without spaces.
const eastAsian = /[\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{20000}-\u{3ffff}]/u;
const letter = /\p{L}/u;

function before(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at);
  return /[^]$/u.exec(pair)?.[0] ?? " ";
}

function after(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 32);
}

/**
 * Judges the run of `text` from `start` to `end` by CommonMark's flanking rules. They are relaxed beside East Asian
 * characters, where the strict rules leave `**「引用」**も` unread.
 */
export function readDelimiter(text: string, start: number, end: number): Delimiter {
  const sign = text[start] ?? "";
  const left = before(text, start);
  const right = after(text, end);
  const leftPunctuation = punctuation.test(left);
  const rightPunctuation = punctuation.test(right);
  const isOpen = (side: string, isPunctuation: boolean) =>
    /\s/.test(side) || isPunctuation || eastAsian.test(side);
  const leftFlanking = !/\s/.test(right) && (!rightPunctuation || isOpen(left, leftPunctuation));
  const rightFlanking = !/\s/.test(left) && (!leftPunctuation || isOpen(right, rightPunctuation));
  const count = end - start;
  const usable = sign !== "~" || count < 3;
  return {
    kind: "delimiter",
    sign,
    count,
    opens: usable && leftFlanking && (sign !== "_" || !rightFlanking || leftPunctuation),
    closes: usable && rightFlanking && (sign !== "_" || !leftFlanking || rightPunctuation),
    beforeLetter: letter.test(right),
  };
}
