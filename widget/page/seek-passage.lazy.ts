/** Seeker of a passage: finds it also in text that is rendered late, scrolls to it, and highlights it for a while. */
import { bare } from "../builtins/bare.ts";
import { findPassage, type Passage } from "./find-passage.ts";
import { markRange } from "./highlight.ts";
import type { PendingJump } from "./pending-jump.ts";

type View = Window & typeof globalThis;

/** Milliseconds: timeout of late text, quiet time before a page is searched, duration of a highlight. */
const maxWaitMs = 5_000;
const restMs = 200;
const markMs = 12_000;

/** Events of scrolling by the visitor; after one of them the widget does not scroll any more. */
const inputEvents = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

/**
 * `isNew`: the page was just opened, so its text may still be rendered, and the browser may have scrolled to the passage
 * already. `otherwise` is called when there is none. Returns a function that cancels the search and the highlight.
 */
export function seekPassage(
  view: View,
  jump: PendingJump,
  isNew: boolean,
  otherwise: () => void,
): () => void {
  let clearMark: () => void = () => {};
  let resting: number | undefined;
  const { body } = view.document;
  const watcher = new view.MutationObserver(() => {
    view.clearTimeout(resting);
    resting = view.setTimeout(search, restMs);
  });
  const last = view.setTimeout(giveUp, isNew ? maxWaitMs : 0);

  function stop(): void {
    watcher.disconnect();
    view.clearTimeout(resting);
    view.clearTimeout(last);
    for (const act of inputEvents) view.removeEventListener(act, stop, true);
  }

  function search(): boolean {
    const passage = findPassage(body, jump);
    if (!passage) return false;
    stop();
    if (!isNew || !hasBeenShown(view, passage)) {
      scrollTo(view, passage, isNew);
      clearMark = markRange(view, passage.range, markMs);
    }
    return true;
  }

  function giveUp(): void {
    stop();
    if (!search()) otherwise();
  }

  if (isNew) {
    for (const act of inputEvents) view.addEventListener(act, stop, bare({ capture: true, passive: true }));
    if (!search()) watcher.observe(body, { childList: true, subtree: true, characterData: true });
  }
  return () => {
    stop();
    clearMark();
  };
}

/** Whether the browser itself probably found and highlighted it; scripts are not notified. */
function hasBeenShown(view: View, { range, exact }: Passage): boolean {
  const { top, bottom } = range.getBoundingClientRect();
  return "fragmentDirective" in view.document && exact && bottom > 0 && top < view.innerHeight;
}

function scrollTo(view: View, { element, range }: Passage, isNew: boolean): void {
  const still = isNew || view.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = still ? "instant" : "smooth";
  if (element.getBoundingClientRect().height < view.innerHeight) {
    element.scrollIntoView({ block: "center", behavior });
    return;
  }
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { top } = range.getBoundingClientRect();
  view.scrollBy({ top: top - view.innerHeight / 3, behavior });
}
