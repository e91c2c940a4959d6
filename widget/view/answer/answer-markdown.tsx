/** Renders an answer's markdown while it streams: once a frame at most, a limited amount each time. */
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useRedraw } from "../ui/use-redraw.ts";
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { directionOf } from "../../markdown/text-direction.ts";
import { createMarkdownParser } from "../../markdown/parser.ts";
import type { Block } from "../../markdown/types.ts";
import type { ViewMessages } from "../../i18n/messages.ts";
import { renderAnswer } from "./blocks.tsx";
import { createAnswerStatus } from "./answer-status.ts";
import { footnotesIn, noFootnotes } from "./footnotes.ts";
import { delay, nextFrame } from "../timing.ts";
import type { LinkTarget } from "./link-target.ts";
import type { RepairedText } from "./text-repair.tsx";

const fewAtOnce = 4096;

/** Milliseconds that a browser's translator takes to replace a text that it has read. */
const translating = 2_000;

export type AnswerTextProps = {
  /** The answer so far: a signal while it grows, or all of it. */
  source: ReadonlySignal<string> | string;
  /** Whether more may come. */
  streaming: boolean;
  /** Sources that markers such as `[1]` refer to. */
  citations: readonly Citation[];
  texts: ViewMessages;
  /** Behaviour of its links and markers. */
  linkTarget: LinkTarget;
  /** Maximum of characters parsed in each frame; the default is low, so that the page stays responsive. */
  atOnce?: number;
  /** The hosts whose pictures may be loaded, with spaces between them; none by default. */
  pictures?: string;
  /** Copies the text of a code block to the clipboard. */
  copy?: (text: string) => Promise<void>;
};

type Reader = (text: string, streaming: boolean) => { blocks: readonly Block[]; whole: boolean };

/** Reads a growing text in steps, one each call; a text that changed otherwise is read again from its start. */
function createReader(atOnce: number): Reader {
  let parser = createMarkdownParser();
  let read = "";
  let ended = false;
  return (text, streaming) => {
    if (ended ? text !== read || streaming : !text.startsWith(read)) {
      parser = createMarkdownParser();
      read = "";
      ended = false;
    }
    const end = read.length + atOnce;
    const whole = text.length <= end;
    parser.push(text.slice(read.length, end));
    read = whole ? text : text.slice(0, end);
    ended = whole && !streaming;
    if (ended) parser.end();
    return { blocks: parser.blocks, whole };
  };
}

export function AnswerText({
  source,
  streaming,
  citations,
  texts,
  linkTarget,
  atOnce = fewAtOnce,
  pictures = "",
  copy,
}: AnswerTextProps) {
  const read = useMemo(() => createReader(atOnce), []);
  const redraw = useRedraw();
  const coming = useRef<(() => void) | null>(null);
  // Not `.value`, which would render at every piece.
  const text = typeof source === "string" ? source : source.peek();
  const { blocks, whole } = read(text, streaming);
  const unfinished = streaming || !whole;
  const state = useMemo(
    () => ({
      streaming: unfinished,
      citations,
      footnotes: unfinished ? noFootnotes : footnotesIn(blocks, citations),
    }),
    [unfinished, citations],
  );
  const status = useMemo(() => createAnswerStatus(state), []);
  const drawn = useMemo(() => new Set<RepairedText>(), []);
  const context = useMemo(
    () => ({ status, drawn, texts, linkTarget, pictures, copy }),
    [texts, linkTarget, pictures, copy],
  );

  function drawSoon() {
    coming.current ??= nextFrame(() => {
      coming.current = null;
      redraw();
    });
  }

  useLayoutEffect(() => status.update(state), [state]);

  useEffect(() => {
    const leave = typeof source === "string" ? undefined : source.subscribe(drawSoon);
    return () => {
      leave?.();
      coming.current?.();
      coming.current = null;
    };
  }, [source]);

  useEffect(() => {
    if (!whole) drawSoon();
  });

  useEffect(() => {
    if (unfinished) return undefined;
    const intact = [...drawn].filter((block) => block.check());
    // A translator may still insert its text of these blocks from before they were complete.
    return delay(translating, () => intact.forEach((block) => block.check()));
  }, [unfinished]);

  const own = directionOf(blocks);
  return (
    <div class="answer-text" {...(own && { dir: own })} {...(!whole && { "aria-busy": "true" })}>
      {renderAnswer(blocks, own, context)}
    </div>
  );
}
