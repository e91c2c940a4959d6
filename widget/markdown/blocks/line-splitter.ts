/** Line splitter for text that arrives in pieces. */

export interface LineSink {
  /** More of the unfinished line. */
  grow(text: string): void;
  /** The unfinished line is complete. */
  finish(): void;
}

/**
 * Returns a function that takes pieces; a call without one ends the text. A line ends with LF, CR or CRLF, also when
 * that is split between two pieces. Half a surrogate pair waits for its other half, so that it is never shown; NUL
 * becomes U+FFFD, as CommonMark requires.
 */
export function createLineReader(sink: LineSink): (piece?: string) => void {
  let pendingSurrogate = "";
  let afterReturn = false;
  return (piece) => {
    let text = pendingSurrogate + (piece ?? "");
    pendingSurrogate = "";
    if (piece !== undefined && /[\ud800-\udbff]$/.test(text.slice(-1))) {
      pendingSurrogate = text.slice(-1);
      text = text.slice(0, -1);
    }
    if (!text) return;
    if (afterReturn && text[0] === "\n") text = text.slice(1);
    afterReturn = text.endsWith("\r");
    text
      .replace(/\0/g, "\ufffd")
      .split(/\r\n?|\n/)
      .forEach((part, index) => {
        if (index) sink.finish();
        if (part) sink.grow(part);
      });
  };
}
