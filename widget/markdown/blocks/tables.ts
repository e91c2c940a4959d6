/** Rows of GitHub's tables: splits them into cells and reads the alignment. */
import { lastIn } from "../../builtins/last.ts";
import { maxLength, trim } from "../inlines/incomplete.ts";

export type Align = "left" | "center" | "right" | null;

export const maxColumns = 200;

/** A longer line is no row: no real table has such cells, and their layout would be slow. */
export const maxRowLength = 16_384;

/** Splits a row at its bars; `\|` is a bar that belongs to a cell, in code as well. */
export function splitRow(line: string): string[] {
  const cells = trim(line)
    .replace(/^\|/, "")
    .split(/(?<!\\)\|/);
  if (cells.length > 1 && !lastIn(cells)) cells.pop();
  return cells.map((cell) => trim(cell).replace(/\\\|/g, "|"));
}

/** Reads the row of dashes under a table's head, or returns null when a line is none. */
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

/** Whether a line without a bar at its front may be a table's head, so that its bar is better not shown yet. */
export function barOf(line: string): number {
  return line.replace(/`[^`]*`?|\\[^]/g, (code) => " ".repeat(code.length)).indexOf("|");
}
