/** TeX formulas, shown as they were written: `\(a_1\)`, `\[…\]`, `$$…$$`, also over several lines. */
import { matchAt } from "../inlines/links.ts";

// What stands between the signs; a backslash and what it escapes are one.
const inside = (not: string) => `((?:[^\\\\${not}]|\\\\[^()[\\]])+?)`;
const written = new RegExp(
  `\\\\\\(${inside("")}\\\\\\)|\\\\\\[${inside("")}\\\\\\]|\\$\\$${inside("$")}\\$\\$`,
  "y",
);
/** Characters that do not occur in escaped brackets or between prices. */
const tex = /\\[a-z]|\S\s*\\\\|[\^{}=]|(?<!\p{L})\p{L}_[\p{L}\d]|\S\s*[<>+]\s*\S/iu;
const word = /\p{L}{2}/u;

/**
 * Returns the formula, with its signs, that begins at a place. Brackets and dollars may stand for themselves, so they
 * need a sign of TeX between them; parentheses do not, unless there are words, or a word before, as in `file\(s\)`.
 */
export function readFormula(text: string, at: number): string | null {
  const [whole, round, square, dollars] = matchAt(written, text, at) ?? [];
  if (!whole) return null;
  const isLoose = round && !word.test(round) && !/\w/.test(text[at - 1] ?? "");
  return isLoose || tex.test(round ?? square ?? dollars ?? "") ? whole : null;
}

/** Whether a line is the sign alone that a formula over several lines begins with. */
export const isFormulaSign = (line: string): boolean => line === "\\[" || line === "$$";

/** Whether a line is the last of a formula that began with a sign. */
export const endsFormula = (line: string, sign: string): boolean =>
  line.trimEnd().endsWith(sign === "$$" ? sign : "\\]");
