/** Relation of a link to the current page: the same page, the same site, or elsewhere. */

export type LinkRelation = "page" | "site" | "elsewhere";

/** Query parameters of campaigns and analytics, which do not make it another page. */
const noise =
  /^(?:utm_\w+|g(?:clid|braid|ad_\w+|s_\w+)|wbraid|fbclid|msclkid|dclid|yclid|mc_[ce]id|_gl|_ga)$/i;

/** Key of a page: its URL without hash, tracking parameters, final slash and `index.html`. Null for no web page. */
export function pageKey(address: string): string | null {
  try {
    const url = new URL(address);
    if (!/^https?:$/.test(url.protocol)) return null;
    const path = url.pathname.replace(/\/(?:index\.\w{3,5})?$/, "");
    const query = new URLSearchParams([...url.searchParams].filter(([name]) => !noise.test(name)));
    query.sort();
    return `${url.origin}${path}?${query.toString()}`;
  } catch {
    return null;
  }
}

export function relationOf(address: string, here: string): LinkRelation {
  const there = pageKey(address);
  const now = pageKey(here);
  // A document without a web address, such as a frame written by script, has no site.
  if (there === null || now === null) return "elsewhere";
  if (there === now) return "page";
  return new URL(address).origin === new URL(here).origin ? "site" : "elsewhere";
}
