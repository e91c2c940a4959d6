/** Cursor over the white space and markers of a line; counts the columns of tabs as CommonMark does. */

export interface Cursor {
  /** The rest of the line. */
  rest: string;
  /** How many columns of white space `rest` begins with. */
  indent: number;
  /** `rest` without that white space; empty for a blank line. */
  words: string;
  /** Removes up to `columns` columns of white space; a partly removed tab leaves spaces. */
  takeColumns(columns: number): void;
  /** Removes the white space and then `characters` characters. */
  takeSigns(characters: number): void;
}

export function createCursor(line: string): Cursor {
  let column = 0;
  const take = (columns: number) => {
    const last = column + columns;
    let at = 0;
    for (; column < last && /[ \t]/.test(cursor.rest[at] ?? ""); at++)
      column += cursor.rest[at] === " " ? 1 : 4 - (column % 4);
    const words = cursor.rest.slice(at);
    cursor.rest = " ".repeat(Math.max(0, column - last)) + words;
    column = Math.min(column, last);
    return words;
  };
  const measureIndent = () => {
    const { rest } = cursor;
    const before = column;
    cursor.words = take(Infinity);
    cursor.indent = column - before;
    cursor.rest = rest;
    column = before;
  };
  const cursor: Cursor = {
    rest: line,
    indent: 0,
    words: "",
    takeColumns(columns) {
      take(columns);
      measureIndent();
    },
    takeSigns(characters) {
      cursor.rest = take(Infinity).slice(characters);
      column += characters;
      measureIndent();
    },
  };
  measureIndent();
  return cursor;
}
