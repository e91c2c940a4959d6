/** Recognises the signs a block begins with: headings, fences, list markers, rules. */
import { unescape } from "../inlines/entities.ts";
import { maxLength, trimEnd } from "../inlines/incomplete.ts";

export type Marker = { readonly length: number; readonly sign: string; readonly number: number | null };

/** A longer line is text: nobody's heading, and dear to lay out as one. */
const maxHeadingLength = 1000;

/** Reads `## heading ##`. */
export function readHeading(words: string): { level: number; text: string } | null {
  const level = /^#{1,6}(?=[ \t]|$)/.exec(words)?.[0].length;
  if (!level || words.length > maxHeadingLength) return null;
  const text = trimEnd(words.slice(level)).trimStart();
  let end = text.length;
  while (text[end - 1] === "#") end--;
  const closed = end === 0 || /[ \t]/.test(text[end - 1] ?? "");
  return { level, text: closed ? trimEnd(text.slice(0, end)) : text };
}

/** Reads the first line of a fenced code block. */
export function readFence(words: string): { sign: string; language: string | null } | null {
  if (words.length > maxLength) return null;
  const found = /^(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(words);
  return (
    found && { sign: found[1] ?? "", language: unescape((found[2] ?? "").trim()).split(/\s/)[0] || null }
  );
}

/** Reads `[^label]:` and the white space after it. */
export function readFootnote(words: string): { length: number; label: string } | null {
  const found = /^\[\^([\w-]{1,32})\]:[ \t]*/.exec(words);
  return found && { length: found[0].length, label: found[1] ?? "" };
}

/** Reads a list item's marker; its `sign` tells lists apart. */
export function readMarker(words: string): Marker | null {
  const found = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(words);
  if (!found) return null;
  return { length: found[0].length, sign: found[0].slice(-1), number: found[1] ? Number(found[1]) : null };
}

/** Whether a list item may begin right after a paragraph's line: not an empty one, nor one counting from beyond 1. */
export function mayInterrupt(marker: Marker, words: string): boolean {
  return (marker.number ?? 1) === 1 && words.trimEnd().length > marker.length;
}

export function isRule(words: string): boolean {
  return words.length <= maxLength && /^([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(words);
}

/** The level of the heading that a line of `=` or `-` makes of the paragraph above it, or 0. */
export function underlineLevel(words: string): 0 | 1 | 2 {
  if (words.length > maxLength) return 0;
  if (/^=+[ \t]*$/.test(words)) return 1;
  return /^-+[ \t]*$/.test(words) ? 2 : 0;
}
