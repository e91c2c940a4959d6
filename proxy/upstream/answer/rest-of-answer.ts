/** Comparison of a stored answer with its streamed beginning, tolerant of white space and accents. */

/**
 * What follows in the stored answer after the streamed text; null when it begins differently. Where the two are not
 * identical, white space and the composition of accents don't count: stored texts were seen trimmed, with
 * other line ends, with other spaces.
 */
export function continuation(stored: string, streamed: string): string | null {
  if (stored.startsWith(streamed)) return stored.slice(streamed.length);
  const begun = bare(streamed);
  if (!bare(stored).startsWith(begun)) return null;
  return withoutOverlap(endOf(streamed), after(stored, begun.length));
}

/** Decomposed, because then a text's length is the sum of its characters' lengths, at any cut. */
const bare = (text: string) => text.normalize("NFD").replace(/\s+/g, "");

/** A text without its first `length` bare units; a cut within a character leaves the rest of the character. */
function after(text: string, length: number): string {
  let passed = 0;
  let at = 0;
  while (passed < length) {
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
    // Most characters are plain; asking Unicode about each would be slow.
    const units = /[!-~]/.test(character) ? character : bare(character);
    at += character.length;
    passed += units.length;
    if (passed > length) return units.slice(length - passed) + text.slice(at);
  }
  return text.slice(at);
}

const endOf = (text: string) => text.slice(text.trimEnd().length);

/** Characters of white space that are compared at most; no text has more in one place. */
const maxOverlap = 1000;

/** A text without the white space at its beginning that `before` already ends with. */
function withoutOverlap(before: string, text: string): string {
  const shown = before.replace(/\r\n?/g, "\n");
  const rest = text.replace(/^\s+/, (space) => space.replace(/\r\n?/g, "\n"));
  const overlapLimit = Math.min(shown.length, rest.length - rest.trimStart().length, maxOverlap);
  for (let length = overlapLimit; length > 0; length--) {
    if (shown.endsWith(rest.slice(0, length))) return rest.slice(length);
  }
  return rest;
}
