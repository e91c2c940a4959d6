/** Tells which page the visitor is on, also where a site changes its pages without loading them. */
import type { Page } from "../../proxy/protocol/bodies.ts";
import { bare } from "../builtins/bare.ts";
import { codePointsOf } from "../builtins/code-points.ts";

/** The proxy takes titles and addresses of this length. */
const longestTitle = 300;
const longestAddress = 2_048;

/** What may go with a change of the address, or comes before the visitor does something with it. */
const signs = ["popstate", "pageshow", "focusin", "pointerdown"];

/** The address goes without its query and its hash, which may hold what is nobody's business; empty when it is not on the web. */
export function pageOf(view: Window): Page {
  const { location } = view;
  const isWeb = /^https?:$/.test(location.protocol);
  return {
    title: codePointsOf(view.document.title.trim()).slice(0, longestTitle).join(""),
    url: isWeb ? (location.origin + location.pathname).slice(0, longestAddress) : "",
  };
}

/**
 * Calls back at once and whenever address or title have changed. Not every browser says when a script has changed the
 * address; then the new title gives it away, or that the visitor comes to do something there.
 */
export function followPage(view: Window, told: (page: Page) => void): () => void {
  let before = "";
  function look(): void {
    const page = pageOf(view);
    const now = `${page.url} ${page.title}`;
    if (now === before) return;
    before = now;
    told(page);
  }
  const navigation: unknown = Reflect.get(view, "navigation");
  const heard: [EventTarget, string][] = signs.map((name) => [view, name]);
  if (navigation instanceof EventTarget) heard.push([navigation, "currententrychange"]);
  for (const [place, name] of heard) place.addEventListener(name, look, bare({ passive: true }));
  const titles = new MutationObserver(look);
  titles.observe(view.document.head, { childList: true, subtree: true, characterData: true });
  look();
  return () => {
    for (const [place, name] of heard) place.removeEventListener(name, look);
    titles.disconnect();
  };
}
