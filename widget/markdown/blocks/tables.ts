/** Reads the rows of GitHub's tables. */
import { lastIn } from "../../builtins/last.ts";
import { maxLength, trimEnd } from "../inlines/incomplete.ts";

export type Align = "left" | "center" | "right" | null;

export const maxColumns = 200;

/** A longer line is no row: nobody's cells, and dear to lay out as such. */
export const maxRowLength = 16_384;

function inner(line: string): string {
  const row = trimEnd(line).trimStart();
  return row.startsWith("|") ? row.slice(1) : row;
}

/** Splits a row at its bars; `\|` is a bar that belongs to a cell, in code as well. */
export function splitRow(line: string): string[] {
  const cells = inner(line).split(/(?<!\\)\|/);
  if (cells.length > 1 && !lastIn(cells)) cells.pop();
  return cells.map((cell) => trimEnd(cell).trimStart().replace(/\\\|/g, "|"));
}

/** Whether a line is the row of dashes under a table's head, if that has as many cells. */
export function isAlign(line: string): boolean {
  if (line.length > maxLength) return false;
  return /^\s*:?-+:?(?:\s*\|\s*:?-+:?)*(?:\s*\|)?$/.test(trimEnd(inner(line)));
}

/** Reads the row of dashes under a table's head, or returns null when it has another number of cells. */
export function readAlign(line: string, head: string): readonly Align[] | null {
  if (head.length > maxRowLength) return null;
  const cells = splitRow(line);
  if (cells.length > maxColumns || cells.length !== splitRow(head).length) return null;
  return cells.map((cell) => {
    const right = cell.endsWith(":");
    if (cell.startsWith(":")) return right ? "center" : "left";
    return right ? "right" : null;
  });
}

/** Whether a line without a bar at its front may be a table's head, so that its bar is better not shown yet. */
export function barOf(line: string): number {
  return line.replace(/`[^`]*`?|\\[^]/g, (code) => " ".repeat(code.length)).indexOf("|");
}
