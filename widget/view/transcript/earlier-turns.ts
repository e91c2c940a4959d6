/** Renders the earlier turns of a long conversation, a few at a time; the latest are rendered without it. */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { bare } from "../../builtins/bare.ts";
import { delay } from "../timing.ts";
import { turnsAtOnce, type Progress } from "./use-first-turn.ts";

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

type Props = {
  turns: readonly { readonly id: string }[];
  frame: RefObject<HTMLElement | null>;
  /** Index of the first turn that is rendered now. */
  first: number;
  progress: Signal<Progress>;
};

/**
 * Renders the turns before `first`, without elements of its own. The visible text keeps its position while turns are
 * added above it: browsers do that only in part, and never at the very top.
 */
export function EarlierTurns({ turns, frame, first, progress }: Props) {
  const oldest = turns[0]?.id;
  const anchor = useRef<{ turn: Element; top: number } | null>(null);

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
      progress.value = { oldest, first: first - turnsAtOnce };
    }
    if (turns.length - first < unasked || isNear(frame.current)) return delay(pause, renderMore);
    return whenNear(frame.current, renderMore);
  }, [first, oldest]);

  return null;
}
