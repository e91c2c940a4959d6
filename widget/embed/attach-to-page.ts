/** Insertion of the widget's own element into the page, once the page is ready for it. */
import { warn } from "./warn.ts";

declare global {
  interface Document {
    /** Absent in engines that render no page ahead of its visit. */
    readonly prerendering?: boolean;
  }
}

/** Maximum of times in a minute that a removed element is inserted again; beyond that the removal is intended. */
const maxReturns = 10;

/** Whether the page is being parsed, for the first time or again after `document.open`. */
export const isLoading = (): boolean => document.readyState === "loading";

/** Calls `start` once the page is parsed and shown, not only prerendered. */
export function whenPageIsReady(start: () => void): void {
  const waitFor = document.prerendering ? "prerenderingchange" : isLoading() && "DOMContentLoaded";
  if (waitFor) document.addEventListener(waitFor, () => whenPageIsReady(start));
  else start();
}

/**
 * Appends the element to the body, or to its target. Returns a function that inserts the same node again after it was
 * removed.
 */
export function attachToPage(element: HTMLElement, target: string | null): () => void {
  let returns = 0;
  function put(): void {
    try {
      (target ? document.querySelector(target) : document.body)?.append(element);
    } catch {
      // An invalid selector; the warning below covers it too.
    }
    if (!element.isConnected) warn(`there is no target "${target}".`);
  }
  put();
  return () => {
    setTimeout(() => returns--, 60_000);
    if (returns++ < maxReturns) put();
  };
}
