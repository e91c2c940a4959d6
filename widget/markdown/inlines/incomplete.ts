/** Unfinished text: its ambiguous end, which is not shown yet, and lines that may still become any block. */

/** Removes spaces and tabs at the end. Without the lookbehind, the expression would take quadratic time. */
export const trimEnd = (text: string): string => text.replace(/(?<![ \t])[ \t]+$/, "");

export const trim = (text: string): string => trimEnd(text).trimStart();

// Signs and punctuation, as of `API**“`: what follows decides whether something opens here.
const openingEnd = /[*~]+[\p{P}\p{S}]{1,4}$/u;
// Delimiters, half an entity, half a citation marker or a complete one that may become a link.
const ambiguousEnd = /(?:[\\*_~`!<&[ \t]+|&#?\w*|\[(?:\d*|\^[\w-]*)\]?)$/;

/** Length of the part of a streaming text without characters that may disappear later. */
export function finishedEnd(text: string): number {
  let end = text.length;
  let tail = openingEnd.exec(text.slice(-12));
  do end -= tail?.[0].length ?? 0;
  while ((tail = ambiguousEnd.exec(text.slice(Math.max(0, end - 40), end))));
  return end;
}

/** A longer line is text: no real rule, fence or delimiter row is so long, and it would be hidden while it streams. */
export const maxLength = 4096;

// Only punctuation and digits; the label of a footnote; the first line of fenced code.
const undecided =
  /^(?:[\s\d\-+*=_#>|`~:.)[\]]*|[\s>]*\[\^[\w-]{0,32}\]?|(?:[\s>*+-]|\d{1,9}[.)])*(?:`{3,}[^`]*|~{3,}.*))$/;

/** Whether an unfinished line may still become almost any block. */
export const isUndecided = (line: string): boolean => line.length <= maxLength && undecided.test(line);
