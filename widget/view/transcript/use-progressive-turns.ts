/** Draws a long conversation from its end: the latest turns at once, earlier ones a few at a time, the first when wanted. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useReducer, useRef } from "preact/hooks";
import { bare } from "../../builtins/bare.ts";
import { delay } from "../timing.ts";

/** Few enough for a slow phone to draw them between two keystrokes. */
const together = 2;

/** Milliseconds from some turns to those before them. */
const pause = 24;

/** So many turns are drawn unasked. Those before them come as the reader comes near: they cost memory, too. */
const unasked = 60;

/** Whether the reader is less than two screens below the first turn that is drawn. */
function isNear(frame: HTMLElement | null): boolean {
  return frame !== null && frame.scrollTop < 2 * frame.clientHeight;
}

/** Calls back once the reader scrolls near. Returns what takes that back. */
function whenNear(frame: HTMLElement, act: () => void): () => void {
  const look = () => {
    if (isNear(frame)) act();
  };
  frame.addEventListener("scroll", look, bare({ passive: true }));
  return () => frame.removeEventListener("scroll", look);
}

/**
 * Tells the index of the first turn that is to be drawn. What is read keeps its place while others come in above it:
 * engines see to that only in part, and never at the very top.
 */
export function useEarlierTurns(
  turns: readonly { readonly id: string }[],
  frame: RefObject<HTMLElement | null>,
): number {
  const [, draw] = useReducer((drawn: number) => drawn + 1, 0);
  const oldest = turns[0]?.id;
  const begun = useRef({ oldest, first: turns.length - together });
  const kept = useRef<{ turn: Element; top: number } | null>(null);
  // An earlier conversation has come in front, or another one in its place.
  if (begun.current.oldest !== oldest) begun.current = { oldest, first: turns.length - together };
  const first = Math.max(0, Math.min(begun.current.first, turns.length - together));

  useLayoutEffect(() => {
    const before = kept.current;
    kept.current = null;
    if (!before?.turn.isConnected) return;
    const moved = before.turn.getBoundingClientRect().top - before.top;
    if (Math.abs(moved) >= 1) frame.current?.scrollBy({ top: moved, behavior: "instant" });
  }, [first]);

  useEffect(() => {
    if (first === 0 || !frame.current) return undefined;
    function renderMore() {
      const turn = frame.current?.querySelector(".turn");
      kept.current = turn ? { turn, top: turn.getBoundingClientRect().top } : null;
      begun.current.first = first - together;
      draw(undefined);
    }
    if (turns.length - first < unasked || isNear(frame.current)) return delay(pause, renderMore);
    return whenNear(frame.current, renderMore);
  }, [first, oldest]);

  return first;
}
