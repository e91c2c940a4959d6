/** What kind of character stands beside a run of `*`, `_` or `~`, and so what the run may do. */
import type { Delimiter } from "./emphasis.ts";

const punctuation = /[\p{P}\p{S}]/u;
const letter = /\p{L}/u;

/**
 * Scripts that CommonMark's flanking rules were not made for: they are written without spaces (Chinese, Japanese, Thai),
 * or put particles and prefixes right beside a quotation (Korean, Hebrew, Arabic). With their punctuation.
 */
const otherScripts =
  "[\u0590-\u1c7f\u2e80-\ua4cf\uaa60-\uaadf\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe10-\uffef\u{10800}-\u{1cfff}\u{1e800}-\u{1efff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3ffff}]";
// Punctuation of any kind belongs to the letter it stands beside: of `**他说“好”**API` the quotation mark to 好.
const marks = "[\\p{P}\\p{S}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{0,4}";
const otherBefore = new RegExp(`${otherScripts}${marks}$`, "u");
const otherAfter = new RegExp(`^${marks}${otherScripts}`, "u");

function before(text: string, at: number): string {
  const pair = text.slice(Math.max(0, at - 2), at);
  return /[^]$/u.exec(pair)?.[0] ?? " ";
}

function after(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 32);
}

/**
 * Judges the run of `text` from `start` to `end` by CommonMark's flanking rules, but punctuation of the scripts above
 * counts as a letter. One tilde is judged as `_` is: within a word, as in `3~5日`, it stands for itself.
 */
export function readDelimiter(text: string, start: number, end: number): Delimiter {
  const sign = text[start] ?? "";
  const left = before(text, start);
  const right = after(text, end);
  const otherLeft = otherBefore.test(text.slice(Math.max(0, start - 8), start));
  const otherRight = otherAfter.test(text.slice(end, end + 8));
  const leftPunctuation = punctuation.test(left);
  const rightPunctuation = punctuation.test(right);
  const isLoose = otherLeft || otherRight;
  const leftFlanking =
    !/\s/.test(right) && (!rightPunctuation || /\s/.test(left) || leftPunctuation || isLoose);
  const rightFlanking =
    !/\s/.test(left) && (!leftPunctuation || /\s/.test(right) || rightPunctuation || isLoose);
  const count = end - start;
  const usable = sign !== "~" || count < 3;
  const outsideWords = sign === "_" || (sign === "~" && count === 1);
  return {
    kind: "delimiter",
    sign,
    count,
    opens: usable && leftFlanking && (!outsideWords || !rightFlanking || leftPunctuation),
    closes: usable && rightFlanking && (!outsideWords || !leftFlanking || rightPunctuation),
    beforeLetter: letter.test(right),
  };
}
