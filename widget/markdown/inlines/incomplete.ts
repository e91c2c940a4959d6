/** Finds the ambiguous end of an unfinished text, which is not shown yet. */

/** Removes spaces and tabs at the end (an expression such as /\s+$/ would take quadratic time). */
export function trimEnd(text: string): string {
  let end = text.length;
  while (end && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(0, end);
}

// Signs and punctuation, as of `API**“`: what follows tells whether something opens here.
const openingEnd = /[*~]+[\p{P}\p{S}]{1,4}$/u;
// Half an entity, half a citation's marker or a whole one that may yet become a link.
const ambiguousEnd = /(?:&#?\w*|\[(?:\d*|\^[\w-]*)\]?)$/;

/** Returns how much of a growing text can be shown without signs that may vanish later. */
export function settledEnd(text: string): number {
  const opening = openingEnd.exec(text.slice(-12));
  let end = text.length - (opening?.[0].length ?? 0);
  for (;;) {
    while (end && "\\*_~`!<&[ \t".includes(text[end - 1] ?? "")) end--;
    const tail = ambiguousEnd.exec(text.slice(Math.max(0, end - 40), end));
    if (!tail) return end;
    end -= tail[0].length;
  }
}

/** A longer line is text, whatever its signs: nobody's rule, fence or row of dashes; else it would be withheld for ever. */
export const maxLength = 4096;

/** Whether an unfinished line is still only signs and digits, and so may become almost anything. */
export function isOnlySigns(line: string): boolean {
  return line.length <= maxLength && /^[\s\d\-+*=_#>|`~:.)[\]]*$/.test(line);
}

/** Whether an unfinished line may yet become a footnote. */
export function isFootnoteBeginning(line: string): boolean {
  return line.length <= maxLength && /^[\s>]*\[\^[\w-]{0,32}\]?$/.test(line);
}

/** Whether an unfinished line begins like a fenced code block whose first line is not over. */
export function isFenceBeginning(line: string): boolean {
  return line.length <= maxLength && /^(?:[\s>*+-]|\d{1,9}[.)])*(?:`{3,}[^`]*|~{3,}.*)$/.test(line);
}
