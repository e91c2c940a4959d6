/** Flanking rules: whether a run of `*`, `_` or `~` opens or closes emphasis, by the characters beside it. */
import type { Delimiter } from "./emphasis.ts";
import { matchAt } from "./links.ts";

/**
 * Scripts that CommonMark's flanking rules were not made for: they are written without spaces (Chinese, Japanese, Thai),
 * or put particles and prefixes right beside a quotation (Korean, Hebrew, Arabic). With their punctuation.
 */
const otherScripts =
  "[\u0590-\u1c7f\u2e80-\ua4cf\uaa60-\uaadf\uac00-\ud7ff\uf900-\ufaff\ufb1d-\ufdff\ufe10-\uffef\u{10800}-\u{1cfff}\u{1e800}-\u{1efff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3ffff}]";
// Punctuation of any kind belongs to the letter it stands beside: of `**他说“好”**API` the quotation mark to 好.
const marks = "[\\p{P}\\p{S}\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{0,4}";
/** Classes of the characters before and after a position: white space, punctuation, letters of these scripts. */
const sides = [
  [/(?<!\S)/uy, /(?<=[\p{P}\p{S}])/uy, new RegExp(`(?<=${otherScripts}${marks})`, "uy")],
  [/(?!\S)/uy, /(?=[\p{P}\p{S}])/uy, new RegExp(`(?=${marks}${otherScripts})`, "uy")],
] as const;
const letterAfter = /(?=\p{L})/uy;

/**
 * Applies CommonMark's flanking rules to the run of `text` from `start` to `end`, but punctuation of the scripts above
 * counts as a letter. A single tilde follows the rules of `_`: within a word, as in `3~5日`, it is literal.
 */
export function readDelimiter(text: string, start: number, end: number): Delimiter {
  const sign = text[start] ?? "";
  const [spaceLeft, punctuationLeft, otherLeft] = sides[0].map((side) => matchAt(side, text, start));
  const [spaceRight, punctuationRight, otherRight] = sides[1].map((side) => matchAt(side, text, end));
  const isLoose = otherLeft ?? otherRight;
  const leftFlanking = !spaceRight && (!punctuationRight || spaceLeft || punctuationLeft || isLoose);
  const rightFlanking = !spaceLeft && (!punctuationLeft || spaceRight || punctuationRight || isLoose);
  const count = end - start;
  const usable = sign !== "~" || count < 3;
  const outsideWords = sign === "_" || (sign === "~" && count === 1);
  return {
    kind: "delimiter",
    sign,
    count,
    opens: Boolean(usable && leftFlanking && (!outsideWords || !rightFlanking || punctuationLeft)),
    closes: Boolean(usable && rightFlanking && (!outsideWords || !leftFlanking || punctuationRight)),
    beforeLetter: Boolean(matchAt(letterAfter, text, end)),
  };
}
