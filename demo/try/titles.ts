/** What the titles of a site's pages have in common, and which of them make questions to start with. */

/** Between a page's own title and the site's name. */
const separator = /\s+[|·•»:–—-]\s+|\s*[|»]\s*/;

/** Characters of a title that makes a good starter. */
const minLength = 4;
const maxLength = 60;

/** The part that most titles begin or end with, such as "Harbour Books" in "Delivery – Harbour Books"; null if there is none. */
export function commonName(titles: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const parts = partsOf(title);
    for (const part of new Set([parts.at(0), parts.at(-1)]))
      if (part && parts.length > 1) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const [name, count] = [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), ["", 0]);
  return count >= 2 && count > titles.length / 2 ? name : null;
}

/** The title without the site's name. */
export function ownTitle(title: string, siteName: string): string {
  const parts = partsOf(title);
  const own = parts.filter((part) => part.toLowerCase() !== siteName.toLowerCase());
  return own.length > 0 && own.length < parts.length ? own.join(" – ") : title.trim();
}

/** Titles to ask about, of pages near the front page first; the front page itself, the first, is left out. */
export function startersOf(
  pages: readonly { url: string; title: string }[],
  siteName: string,
  most: number,
): string[] {
  const depth = (url: string) => new URL(url).pathname.split("/").filter(Boolean).length;
  const titles = pages
    .slice(1)
    .map(({ url, title }) => ({ depth: depth(url), title: ownTitle(title, siteName) }))
    .filter(({ title }) => title.length >= minLength && title.length <= maxLength && !URL.canParse(title))
    .filter(({ title }) => title.toLowerCase() !== siteName.toLowerCase())
    .sort((one, other) => one.depth - other.depth)
    .map(({ title }) => title);
  return [...new Set(titles)].slice(0, most);
}

const partsOf = (title: string) =>
  title
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
