/** Crawler: finds the pages of a sitemap, fetches a few at a time, and indexes them. */
import { download, type Fetching } from "./download.ts";
import { limits } from "../limits.ts";
import { readPage } from "../content/page-text.ts";
import { passagesOf } from "../content/passages.ts";
import { readSitemap } from "./sitemap.ts";
import type { Project, Store } from "../content/store.ts";
import { plainWords } from "../content/words.ts";

export type PageList = { type: Project["type"]; pages: string[] };

/**
 * Addresses to index. An address that is a page yields itself and the pages of its site that it links to. Rejects with
 * `DownloadFailed` when the first address cannot be read.
 */
export async function listPages(address: URL, by: Fetching, ending: AbortSignal): Promise<PageList> {
  const pages = new Set<string>();
  const first = await download(address, by, ending);
  if (/html/i.test(first.contentType) || /^\s*<!doctype html/i.test(first.text)) {
    const { links } = readPage(first.text, first.address.href);
    return { type: "URL", pages: [first.address.href, ...links].slice(0, limits.pages) };
  }
  const waiting = [readSitemap(first.text)];
  const read = new Set([first.address.href]);
  for (let sitemap = waiting.shift(); sitemap !== undefined; sitemap = waiting.shift()) {
    for (const page of sitemap.pages) if (pages.size < limits.pages) pages.add(page);
    for (const inner of sitemap.sitemaps) {
      if (read.has(inner) || read.size >= limits.sitemaps || pages.size >= limits.pages) continue;
      read.add(inner);
      const text = await download(new URL(inner), by, ending).then(
        (found) => found.text,
        () => "",
      );
      waiting.push(readSitemap(text));
    }
  }
  return { type: "SITEMAP", pages: [...pages] };
}

/**
 * Fetches and indexes the pages in the list's order, then activates the project if any could be read. Unreadable pages
 * are left out. Never rejects.
 */
export async function indexPages(
  store: Store,
  project: Project,
  pages: readonly string[],
  by: Fetching,
  ending: AbortSignal,
): Promise<void> {
  project.counts.found = pages.length;
  for (let start = 0; start < pages.length && !ending.aborted; start += limits.fetches) {
    const batch = pages.slice(start, start + limits.fetches);
    const downloads = await Promise.allSettled(batch.map((page) => download(new URL(page), by, ending)));
    for (const found of downloads) {
      if (found.status === "rejected") continue;
      project.counts.crawled++;
      if (!/html|^$/i.test(found.value.contentType)) continue;
      indexPage(store, project, found.value.text, found.value.address.href);
    }
  }
  project.active = project.pages.size > 0;
}

/** Indexes one page. `url` is null for a page that cannot be opened anywhere. */
export function indexPage(
  store: Store,
  project: Project,
  html: string,
  url: string | null,
  givenTitle?: string,
): void {
  const page = readPage(html, url);
  const passages = passagesOf(page);
  if (passages.length === 0) return;
  const title = givenTitle ?? page.title;
  const { id } = store.addPage(project, { url, title, description: page.description, image: page.image });
  project.search.add(id, title, passages);
  project.counts.words += passages.reduce((sum, passage) => sum + plainWords(passage.words).length, 0);
}
