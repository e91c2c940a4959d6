/** The pages of a site: those that its sitemaps name or, without a sitemap, those that its front page links to. */
import { readPage } from "../content/page-text.ts";
import { limits } from "../limits.ts";
import { download, DownloadFailed, type Download } from "./download.ts";
import { isSameSite, mayBePage } from "./own-site.ts";
import { otherSite, type PoliteFetching } from "./polite-fetching.ts";
import { readSitemap } from "./sitemap.ts";

export type FoundPages = {
  /** In the site's order, the front page first; each once, all on the site. */
  pages: URL[];
  /** Address of the first sitemap that named pages; null where the front page's links are taken. */
  sitemap: string | null;
  /** Reason of each address, and of each sitemap, that is left out. */
  leftOut: string[];
};

/** Where a sitemap is when robots.txt names none. */
const usualPlaces = ["/sitemap.xml", "/sitemap_index.xml"];

/** Sitemaps are read until `enough` pages are found. Never rejects. */
export async function findPages(
  front: Download,
  by: PoliteFetching,
  enough: number,
  ending: AbortSignal,
): Promise<FoundPages> {
  const leftOut: string[] = [];
  const pages = new Map([[front.address.href, front.address]]);
  const add = (written: string) => {
    const page = new URL(written);
    page.hash = "";
    if (pages.has(page.href)) return;
    if (!isSameSite(front.address, page)) leftOut.push(otherSite);
    else if (!mayBePage(page)) leftOut.push("is no page");
    else pages.set(page.href, page);
  };
  const { sitemaps } = await by.robotsOf(front.address);
  const named = sitemaps.filter((written) => URL.canParse(written, front.address));
  let sitemap: string | null = null;
  // Those that robots.txt names belong together; of the usual places, the first that has pages counts.
  for (const places of named.length > 0 ? [named] : usualPlaces.map((place) => [place])) {
    const waiting = places.map((place) => new URL(place, front.address));
    for await (const found of readSitemaps(waiting, by, ending)) {
      if ("failed" in found) {
        if (named.length > 0) leftOut.push(`is a sitemap that ${found.failed}`);
        continue;
      }
      for (const page of found.pages) add(page);
      if (found.pages.length > 0) sitemap ??= found.address;
      if (pages.size >= enough) break;
    }
    if (sitemap !== null) break;
  }
  if (sitemap === null) for (const link of readPage(front.text, front.address.href).links) add(link);
  return { pages: [...pages.values()], sitemap, leftOut };
}

type Read = { address: string; pages: string[] } | { failed: string };

/** Each sitemap once, and those that they list after them. */
async function* readSitemaps(waiting: URL[], by: PoliteFetching, ending: AbortSignal): AsyncGenerator<Read> {
  const seen = new Set<string>();
  for (const address of waiting) {
    if (seen.has(address.href) || seen.size >= limits.sitemaps || ending.aborted) continue;
    seen.add(address.href);
    try {
      const { text } = await download(address, by, ending, limits.site.sitemap);
      const { pages, sitemaps } = readSitemap(text);
      waiting.push(...sitemaps.map((inner) => new URL(inner)));
      yield { address: address.href, pages };
    } catch (cause) {
      yield { failed: cause instanceof DownloadFailed ? cause.reason : "could not be read" };
    }
  }
}
