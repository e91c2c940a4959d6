/** Spelling correction: the known word that a mistyped one is nearest to. */

/** Length below which only swapped neighbours count as a mistake: short words are too similar. */
const shortest = 5;
/** Letters from which two mistakes are believed. */
const long = 10;

/** The known word nearest to `word`, or undefined when none is near. The first letter is assumed correct. */
export function meantWord(word: string, known: Iterable<string>): string | undefined {
  if (!/^\p{L}{3,}$/u.test(word)) return undefined;
  let allowed = word.length >= long ? 2 : 1;
  let nearest: string | undefined;
  for (const other of known) {
    if (other[0] !== word[0] || Math.abs(other.length - word.length) > allowed) continue;
    if (word.length < shortest ? !isSwapped(word, other) : mistakes(word, other) > allowed) continue;
    nearest = other;
    allowed = mistakes(word, other) - 1;
    if (allowed < 1) break;
  }
  return nearest;
}

/** Whether the words differ only in two swapped neighbours. */
function isSwapped(word: string, other: string): boolean {
  return word.length === other.length && mistakes(word, other) === 1 && sorted(word) === sorted(other);
}

const sorted = (word: string) => word.split("").sort().join("");

/** Edit distance: letters removed, added, changed or swapped with a neighbour. */
function mistakes(from: string, to: string): number {
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const at = (cells: readonly number[], index: number) => cells[index] ?? Infinity;
      line[column] = Math.min(
        at(last, column) + 1,
        at(line, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Infinity,
      );
    }
    before = last;
    last = line;
  }
  return last[to.length] ?? Infinity;
}
