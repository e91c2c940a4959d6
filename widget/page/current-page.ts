/** Watcher of the current page: its address and title, also where a site changes them without loading a page. */
import { signal } from "@preact/signals";
import type { Page } from "../../proxy/protocol/bodies.ts";
import { bare } from "../builtins/bare.ts";
import { codePointsOf } from "../builtins/code-points.ts";

/** Maximum length of titles and addresses at the proxy. */
const maxTitleLength = 300;
const maxUrlLength = 2_048;

/** Events that come with a change of the address, or before the visitor uses the page. */
const signs = ["popstate", "pageshow", "focusin", "pointerdown"];

/** The Navigation API, which reports each change of the address. */
export function navigationOf(view: Window): EventTarget | null {
  const navigation: unknown = Reflect.get(view, "navigation");
  return navigation instanceof EventTarget ? navigation : null;
}

/**
 * Calls `check` at once and whenever the address or the title may have changed. Without the Navigation API a script
 * changes the address silently; then the new title shows it, or the visitor's next step on the page.
 */
export function watchPage(view: Window, check: () => void): () => void {
  const targets: [EventTarget, string][] = signs.map((name) => [view, name]);
  const navigation = navigationOf(view);
  if (navigation) targets.push([navigation, "currententrychange"]);
  for (const [target, name] of targets) target.addEventListener(name, check, bare({ passive: true }));
  const titles = new MutationObserver(check);
  titles.observe(view.document.head, { childList: true, subtree: true, characterData: true });
  check();
  return () => {
    for (const [target, name] of targets) target.removeEventListener(name, check);
    titles.disconnect();
  };
}

/** The address has no query and no hash, which may hold private data; it is empty when the page is not on the web. */
export function currentPage(view: Window): Page {
  const { location } = view;
  const isWeb = /^https?:$/.test(location.protocol);
  return {
    title: codePointsOf(view.document.title.trim()).slice(0, maxTitleLength).join(""),
    url: isWeb ? (location.origin + location.pathname).slice(0, maxUrlLength) : "",
  };
}

/** Calls back at once and after each change of the page. Returns an unsubscribe function. */
export function followPage(view: Window, onChange: (page: Page) => void): () => void {
  let before = "";
  return watchPage(view, () => {
    const page = currentPage(view);
    const now = `${page.url} ${page.title}`;
    if (now === before) return;
    before = now;
    onChange(page);
  });
}

/** The whole address of the current page, the same for every chat on it. */
export const currentAddress = signal(location.href);

export function readAddress(): void {
  currentAddress.value = location.href;
}

/** Keeps `currentAddress` up to date until the returned function is called. */
export const watchAddress = (): (() => void) => watchPage(window, readAddress);

export const reloadPage = (): void => location.reload();
