/** Rows of GitHub's tables: splits them into cells and reads the alignment. */
import { lastIn } from "../../builtins/last.ts";
import { maxLength, trim } from "../inlines/incomplete.ts";

export type Align = "left" | "center" | "right" | null;

export const maxColumns = 200;

/** A longer line is not a row: no real table has such cells, and their layout would be slow. */
export const maxRowLength = 16_384;

/** Splits a row at its pipes; `\|` is a pipe within a cell, in code too. */
export function splitRow(line: string): string[] {
  const cells = trim(line)
    .replace(/^\|/, "")
    .split(/(?<!\\)\|/);
  if (cells.length > 1 && !lastIn(cells)) cells.pop();
  return cells.map((cell) => trim(cell).replace(/\\\|/g, "|"));
}

/** Parses the delimiter row under a table's head; null for another line. */
export function readAlign(line: string): readonly Align[] | null {
  if (line.length > maxLength || !/^[\s|:-]+$/.test(line)) return null;
  const align: Align[] = [];
  for (const cell of splitRow(line)) {
    const [dashes, left, right] = /^(:?)-+(:?)\s*$/.exec(cell) ?? [];
    if (!dashes) return null;
    align.push(left ? (right ? "center" : "left") : right ? "right" : null);
  }
  return align;
}

/** Whether a line without a leading pipe may be a table's head, so that its pipe is not shown yet. */
export function barOf(line: string): number {
  return line.replace(/`[^`]*`?|\\[^]/g, (code) => " ".repeat(code.length)).indexOf("|");
}
