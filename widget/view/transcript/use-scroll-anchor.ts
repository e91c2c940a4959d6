/** Scroll position of the transcript: a new question moves to the top; a streaming answer never moves the text. */
import { useSignal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { bare } from "../../builtins/bare.ts";
import { lastIn } from "../../builtins/last.ts";
import type { ScrollPosition } from "../panel/scroll-area.tsx";

export type ScrollAnchor = {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Whether the end of the conversation is below the visible area. */
  readonly away: ReadonlySignal<boolean>;
  /** Scrolls to the end, and follows it until the reader scrolls up. */
  readonly toLatest: () => void;
};

/** Distance between the conversation's end and the composer's shadow (pixels). */
const clearance = 16;

const newestIn = (frame: HTMLElement | null) => frame?.querySelector<HTMLElement>(".newest");

function showEnd(frame: HTMLElement | null, behavior: ScrollBehavior): void {
  const end = newestIn(frame)?.lastElementChild;
  if (!frame || !end) return;
  const below = end.getBoundingClientRect().bottom - frame.getBoundingClientRect().bottom;
  frame.scrollBy({ top: below + clearance, behavior });
}

/** Sets whether a turn's end is out of view, and keeps it in view while the reader follows it. */
function watchEnd(
  frame: HTMLElement,
  turn: HTMLElement,
  away: Signal<boolean>,
  following: { current: boolean },
): () => void {
  const sight = new IntersectionObserver(
    (entries) => {
      const entry = lastIn(entries);
      if (entry) away.value = entry.boundingClientRect.top > (entry.rootBounds?.bottom ?? Infinity);
    },
    { root: frame },
  );
  if (turn.lastElementChild) sight.observe(turn.lastElementChild);
  const growth = new ResizeObserver(() => {
    if (following.current) showEnd(frame, "instant");
  });
  growth.observe(turn);
  let height = frame.scrollTop;
  function onScroll() {
    if (frame.scrollTop < height - 1) following.current = false;
    height = frame.scrollTop;
  }
  frame.addEventListener("scroll", onScroll, bare({ passive: true }));
  return () => {
    sight.disconnect();
    growth.disconnect();
    frame.removeEventListener("scroll", onScroll);
  };
}

/**
 * `last` is the id of the newest turn, whose element has the class `newest`. `plain` is the reader's position in the
 * plain-text transcript that the turns replace.
 */
export function useScrollAnchor(last: string | null, plain: ScrollPosition | null = null): ScrollAnchor {
  const scroller = useRef<HTMLDivElement>(null);
  const away = useSignal(false);
  const following = useRef(false);
  const before = useRef<string | null>(null);

  useLayoutEffect(() => {
    const frame = scroller.current;
    const turn = newestIn(frame);
    following.current = false;
    if (turn && frame) {
      const isFirst = before.current === null;
      const margin = Number.parseFloat(getComputedStyle(frame).paddingTop) || 0;
      // A stored conversation is scrolled at once; a new question slides to the top.
      frame.scrollBy({
        top: turn.offsetTop - (isFirst && plain ? plain.newest : margin) - frame.scrollTop,
        behavior: isFirst ? "instant" : "auto",
      });
      if (isFirst && plain?.focused) frame.focus({ preventScroll: true });
    }
    before.current = last;
  }, [last]);

  useEffect(() => {
    const frame = scroller.current;
    const turn = newestIn(frame);
    away.value = false;
    return frame && turn ? watchEnd(frame, turn, away, following) : undefined;
  }, [last]);

  function toLatest() {
    following.current = true;
    showEnd(scroller.current, "auto");
    // The button is removed while focused; the scroll area takes the focus.
    scroller.current?.focus({ preventScroll: true });
  }

  return { scroller, away, toLatest };
}
