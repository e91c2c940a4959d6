/** Progressive rendering of a long conversation: the latest turns first, earlier ones a few at a time. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { bare } from "../../builtins/bare.ts";
import { delay } from "../timing.ts";
import { useRedraw } from "../ui/use-redraw.ts";

/** Number of turns rendered at a time: a slow phone renders them between two keystrokes. */
const together = 2;

/** Pause between two batches (milliseconds). */
const pause = 24;

/** Number of turns rendered without scrolling; earlier ones, which cost memory too, when the reader scrolls near. */
const unasked = 60;

/** Whether the reader is less than two screens below the first rendered turn. */
function isNear(frame: HTMLElement | null): boolean {
  return frame !== null && frame.scrollTop < 2 * frame.clientHeight;
}

/** Calls back when the reader scrolls near. Returns a function that stops listening. */
function whenNear(frame: HTMLElement, callback: () => void): () => void {
  const check = () => {
    if (isNear(frame)) callback();
  };
  frame.addEventListener("scroll", check, bare({ passive: true }));
  return () => frame.removeEventListener("scroll", check);
}

/**
 * Returns the index of the first turn to render. The visible text keeps its position while turns are added above it:
 * browsers do that only in part, and never at the very top.
 */
export function useProgressiveTurns(
  turns: readonly { readonly id: string }[],
  frame: RefObject<HTMLElement | null>,
): number {
  const redraw = useRedraw();
  const oldest = turns[0]?.id;
  const progress = useRef({ oldest, first: turns.length - together });
  const anchor = useRef<{ turn: Element; top: number } | null>(null);
  // Earlier turns were added, or the conversation was replaced.
  if (progress.current.oldest !== oldest) progress.current = { oldest, first: turns.length - together };
  const first = Math.max(0, Math.min(progress.current.first, turns.length - together));

  useLayoutEffect(() => {
    const before = anchor.current;
    anchor.current = null;
    if (!before?.turn.isConnected) return;
    const moved = before.turn.getBoundingClientRect().top - before.top;
    if (Math.abs(moved) >= 1) frame.current?.scrollBy({ top: moved, behavior: "instant" });
  }, [first]);

  useEffect(() => {
    if (first === 0 || !frame.current) return undefined;
    function renderMore() {
      const turn = frame.current?.querySelector(".turn");
      anchor.current = turn ? { turn, top: turn.getBoundingClientRect().top } : null;
      progress.current.first = first - together;
      redraw();
    }
    if (turns.length - first < unasked || isNear(frame.current)) return delay(pause, renderMore);
    return whenNear(frame.current, renderMore);
  }, [first, oldest]);

  return first;
}
