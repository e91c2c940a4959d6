/** Reads the white space and signs at the front of a line, with tabs counted as CommonMark counts columns. */

export interface Cursor {
  /** What is left of the line. */
  readonly rest: string;
  /** How many columns of white space `rest` begins with. */
  readonly indent: number;
  /** `rest` without that white space; empty for a blank line. */
  readonly words: string;
  /** Takes off up to so many columns of white space; a tab that is taken in part leaves spaces. */
  takeColumns(columns: number): void;
  /** Takes off the white space and then so many characters. */
  takeSigns(characters: number): void;
}

export function createCursor(line: string): Cursor {
  let rest = line;
  let column = 0;
  let indent = 0;
  let words = "";

  const look = () => {
    let at = 0;
    let end = column;
    for (; rest[at] === " " || rest[at] === "\t"; at++) end += rest[at] === " " ? 1 : 4 - (end % 4);
    indent = end - column;
    words = rest.slice(at);
  };
  const take = (columns: number) => {
    let at = 0;
    let left = columns;
    for (; left > 0 && (rest[at] === " " || rest[at] === "\t"); at++) {
      const width = rest[at] === " " ? 1 : 4 - (column % 4);
      column += Math.min(width, left);
      left -= width;
    }
    rest = " ".repeat(Math.max(0, -left)) + rest.slice(at);
  };

  look();
  return {
    get rest() {
      return rest;
    },
    get indent() {
      return indent;
    },
    get words() {
      return words;
    },
    takeColumns(columns) {
      take(columns);
      look();
    },
    takeSigns(characters) {
      take(indent);
      rest = rest.slice(characters);
      column += characters;
      look();
    },
  };
}
