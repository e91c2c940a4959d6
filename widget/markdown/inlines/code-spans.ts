/** Code spans, between backticks. */

export type CodeSpan = { readonly code: string; readonly end: number };

const backticks = /`+/g;

/**
 * Returns a function that parses the code span whose first backtick is at a position; null without a closing run. The
 * runs of backticks are counted once for a text, so that many unclosed ones are cheap.
 */
export function createCodeReader(
  text: string,
): (at: number, length: number, streaming: boolean) => CodeSpan | null {
  let lastOfLength: Map<number, number> | null = null;
  return (at, length, streaming) => {
    if (!lastOfLength) {
      backticks.lastIndex = 0;
      lastOfLength = new Map([...text.matchAll(backticks)].map((run) => [run[0].length, run.index]));
    }
    const start = at + length;
    let end = text.length;
    if ((lastOfLength.get(length) ?? 0) > at) {
      backticks.lastIndex = start;
      for (let run = backticks.exec(text); run; run = backticks.exec(text)) {
        end = run.index;
        if (run[0].length === length) break;
      }
    } else if (!streaming) return null;
    const code = text.slice(start, end).replace(/\n/g, " ");
    const padded = code.startsWith(" ") && code.endsWith(" ") && /[^ ]/.test(code);
    return { code: padded ? code.slice(1, -1) : code, end: Math.min(end + length, text.length) };
  };
}
