/** An answer's markdown as it grows: read piece by piece, drawn once a frame at most. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo, useReducer, useState } from "preact/hooks";
import type { Citation } from "../../proxy/protocol/bodies.ts";
import { createMarkdownParser } from "../markdown/parser.ts";
import type { Block } from "../markdown/tree.ts";
import type { Texts } from "../text/texts.ts";
import { drawAnswer } from "./answer-blocks.tsx";
import type { Leading } from "./leading.ts";

/** Where no frames come, as in a hidden tab, drawing waits no longer than this. */
const longestWait = 250;

export type AnswerTextProps = {
  /** The answer so far: a signal while it grows, or all of it. */
  source: ReadonlySignal<string> | string;
  /** Whether more may come. */
  growing: boolean;
  /** What a `[1]` in the text may point to. */
  citations: readonly Citation[];
  texts: Texts;
  /** Where its links and markers lead. */
  leading: Leading;
  /** Puts the text of a code block on the clipboard. */
  copy?: (text: string) => Promise<void>;
};

/** Reads a text that mostly grows; one that does not go on as before is read from its beginning. */
function createReader(): (text: string, growing: boolean) => readonly Block[] {
  let parser = createMarkdownParser();
  let read = "";
  let ended = false;
  return (text, growing) => {
    if (ended ? text !== read || growing : !text.startsWith(read)) {
      parser = createMarkdownParser();
      read = "";
      ended = false;
    }
    parser.push(text.slice(read.length));
    read = text;
    ended = !growing;
    if (ended) parser.end();
    return parser.blocks;
  };
}

/** Calls `draw` with the next frame, or after a while when none comes. Returns what takes that back. */
function soon(draw: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const act = () => {
    cancel();
    draw();
  };
  const frame = requestAnimationFrame(act);
  const timer = setTimeout(act, longestWait);
  return cancel;
}

export function AnswerText({ source, growing, citations, texts, leading, copy }: AnswerTextProps) {
  const [read] = useState(createReader);
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const look = useMemo(
    () => ({ growing, citations, texts, leading, copy }),
    [growing, citations, texts, leading, copy],
  );

  useEffect(() => {
    if (typeof source === "string") return undefined;
    let cancel: (() => void) | null = null;
    const act = () => {
      cancel = null;
      draw(undefined);
    };
    const leave = source.subscribe(() => (cancel ??= soon(act)));
    return () => {
      leave();
      cancel?.();
    };
  }, [source]);

  // Not `.value`: that would draw at every piece.
  const text = typeof source === "string" ? source : source.peek();
  return <div class="answer-text">{drawAnswer(read(text, growing), look)}</div>;
}
