/** The element everything lives in: how it is made, where it stands, and what it keeps from the page. */
import { warn } from "./warn.ts";
import type { Options } from "../options/table.ts";

export const elementName = "customgpt-widget";

/** Marks the elements we made ourselves: a copy of one, as a page cache brings back, is empty and must go. */
export const madeByUs = "data-made-by-widget";

/** Milliseconds to wait for an inline chat's place to appear. */
const longestSearch = 30_000;
/** How often in a minute a removed element is put back; whoever removes it more often means it. */
const mostReturns = 10;

const floating = "position:fixed!important;z-index:2147483000!important;";

/** The element's own style by mode. What floats is shielded from the page's rules; what stands in the page can be sized by them. */
export const hostStyle: Record<Options["mode"], string> = {
  floating: `all:initial!important;${floating}`,
  side: `all:initial!important;${floating}`,
  full: `all:initial!important;${floating}inset:0!important`,
  inline: "display:block;position:relative;height:100%;min-height:480px",
};

const keyEvents = ["keydown", "keyup", "keypress", "beforeinput", "input", "paste", "copy", "cut", "focusin"];

/** Keeps what happens in our fields from the page's shortcuts and focus traps, until the returned function is called. */
export function keepToItself(host: HTMLElement): () => void {
  const undone = new AbortController();
  const stop = (event: Event) => event.stopPropagation();
  for (const type of keyEvents) host.addEventListener(type, stop, { signal: undone.signal });
  return () => undone.abort();
}

/** Calls back when the page may be changed: parsed, and not merely prerendered. The returned function calls it off. */
export function whenPageIsReady(start: () => void): () => void {
  const calledOff = new AbortController();
  const once = { once: true, signal: calledOff.signal };
  function look(): void {
    if ("prerendering" in document && document.prerendering)
      document.addEventListener("prerenderingchange", look, once);
    else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", look, once);
    else start();
  }
  look();
  return () => calledOff.abort();
}

function placeFor({ mode, target }: Options): Element | null {
  if (mode !== "inline" || target === null) return document.body;
  try {
    return document.querySelector(target);
  } catch {
    return null;
  }
}

export type Standing = {
  /** Call when it has been removed: puts the same node back, with all that is in it. */
  putBack(): void;
  undo(): void;
};

/** Puts the element into the page, at the end of the body or into its target, and calls back when it stands there. */
export function stand(host: HTMLElement, options: Options, placed: () => void): Standing {
  const returns: number[] = [];
  let search: MutationObserver | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function endSearch(): void {
    search?.disconnect();
    search = null;
    clearTimeout(patience);
  }

  function place(): boolean {
    const parent = placeFor(options);
    if (!parent) return false;
    endSearch();
    parent.append(host);
    placed();
    return true;
  }

  function seek(): void {
    if (place() || search) return;
    search = new MutationObserver(place);
    search.observe(document.documentElement, { childList: true, subtree: true });
    patience = setTimeout(() => {
      endSearch();
      warn(`there is no element "${options.target}" to put the chat into.`);
    }, longestSearch);
  }

  seek();
  return {
    putBack() {
      const now = performance.now();
      while (returns[0] !== undefined && now - returns[0] > 60_000) returns.shift();
      if (returns.push(now) <= mostReturns) seek();
    },
    undo: endSearch,
  };
}
