/** Relation of a link to the current page: the same page, the same site, or elsewhere. */

export type LinkRelation = "page" | "site" | "elsewhere";

/** What campaigns and counters hang on an address without its page being another one. */
const noise =
  /^(?:utm_\w+|g(?:clid|braid|ad_\w+|s_\w+)|wbraid|fbclid|msclkid|dclid|yclid|mc_[ce]id|_gl|_ga)$/i;

/** What tells a page from others: no hash, no noise, no slash or `index.html` at the end. Null for what is no page. */
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
  // A page that is none, such as a frame's written by script, has no site.
  if (there === null || now === null) return "elsewhere";
  if (there === now) return "page";
  return new URL(address).origin === new URL(here).origin ? "site" : "elsewhere";
}
