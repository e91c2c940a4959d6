/** Place of our own element on the page, and when the page is ready for it. */
import { warn } from "./warn.ts";

declare global {
  interface Document {
    /** Absent in engines that render no page ahead of its visit. */
    readonly prerendering?: boolean;
  }
}

/** How often in a minute a removed element is put back; whoever removes it more often means it. */
const mostReturns = 10;

/** Whether the page is still being parsed, or again, as after `document.open`. */
export const isLoading = (): boolean => document.readyState === "loading";

/** Calls back when the page may be changed: parsed, and not merely prerendered. */
export function whenPageIsReady(start: () => void): void {
  const waitFor = document.prerendering ? "prerenderingchange" : isLoading() && "DOMContentLoaded";
  if (waitFor) document.addEventListener(waitFor, () => whenPageIsReady(start));
  else start();
}

/**
 * Puts the element at the end of the body, or into its target. Call the returned function when it has been removed:
 * it puts the same node back, with all that is in it.
 */
export function attachToPage(element: HTMLElement, target: string | null): () => void {
  let returns = 0;
  function put(): void {
    try {
      (target ? document.querySelector(target) : document.body)?.append(element);
    } catch {
      // Not a selector at all: then nothing stands anywhere either.
    }
    if (!element.isConnected) warn(`there is no target "${target}".`);
  }
  put();
  return () => {
    setTimeout(() => returns--, 60_000);
    if (returns++ < mostReturns) put();
  };
}
