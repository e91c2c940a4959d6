/** TeX formulas, shown as they were written: `\(a_1\)`, `\[…\]`, `$$…$$`, also over several lines. */
import { matchAt } from "../inlines/links.ts";

// Content between the delimiters; a backslash and the escaped character are one.
const inside = (not: string) => `((?:[^\\\\${not}]|\\\\[^()[\\]])+?)`;
const written = new RegExp(
  `\\\\\\(${inside("")}\\\\\\)|\\\\\\[${inside("")}\\\\\\]|\\$\\$${inside("$")}\\$\\$`,
  "y",
);
/** Characters that do not occur in escaped brackets or between prices. */
const tex = /\\[a-z]|\S\s*\\\\|[\^{}=]|(?<!\p{L})\p{L}_[\p{L}\d]|\S\s*[<>+]\s*\S/iu;
const word = /\p{L}{2}/u;

/**
 * Returns the formula at a position, with its delimiters. Brackets and dollars may be literal, so they need a TeX
 * character between them; parentheses need one only if there are words inside, or a word before, as in `file\(s\)`.
 */
export function readFormula(text: string, at: number): string | null {
  const [whole, round, square, dollars] = matchAt(written, text, at) ?? [];
  if (!whole) return null;
  const isLoose = round && !word.test(round) && !/\w/.test(text[at - 1] ?? "");
  return isLoose || tex.test(round ?? square ?? dollars ?? "") ? whole : null;
}

/** Whether a line is only the delimiter that opens a formula over several lines. */
export const isFormulaSign = (line: string): boolean => line === "\\[" || line === "$$";

/** Whether a line ends a formula that started with this delimiter. */
export const endsFormula = (line: string, sign: string): boolean =>
  line.trimEnd().endsWith(sign === "$$" ? sign : "\\]");
