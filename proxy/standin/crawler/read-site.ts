/** Reads a site that its operator named: robots.txt, sitemaps, then pages up to a number, and says what it does. */
import { readPage } from "../content/page-text.ts";
import { passagesOf } from "../content/passages.ts";
import { limits } from "../limits.ts";
import { download, DownloadFailed, type Download, type Network } from "./download.ts";
import { findPages } from "./find-pages.ts";
import type { Time } from "./pacer.ts";
import { createPoliteFetching, type PoliteFetching } from "./polite-fetching.ts";
import { readSiteFacts, type SiteFacts } from "./site-facts.ts";
import { SiteUnreadable, whyEmpty, whyUnreadable } from "./unreadable.ts";

export type SiteToRead = Time & {
  /** The front page, as its operator wrote it. */
  address: URL;
  /** Pages requested at most. */
  maxPages: number;
  /** The network; `mayFetch` refuses addresses that the site must not lead to. */
  network: Network;
  /** Called whenever more is known. */
  report: (progress: Progress) => void;
  /** Ends the reading. */
  ending: AbortSignal;
};

export type Progress = {
  found: number;
  /** Address of the sitemap; null where the front page's links are followed. */
  sitemap: string | null;
  read: number;
  /** Reasons, as the end of a sentence about a page ("is too large"), with the number of pages that have it. */
  leftOut: ReadonlyMap<string, number>;
  /** Milliseconds between requests that robots.txt asks for. */
  crawlDelayMs: number | null;
};

export type ReadPage = { url: string; title: string; html: string };

export type SiteReading = Progress & {
  /** The front page after redirects. */
  address: URL;
  facts: SiteFacts;
  /** At least one; the front page first if it could be read. */
  pages: ReadPage[];
  /** A file that the site gives as its icon, unchecked. */
  icon: Uint8Array<ArrayBuffer> | null;
};

/** Rejects with `SiteUnreadable`. */
export async function readSite(site: SiteToRead): Promise<SiteReading> {
  const { address, network, ending, maxPages } = site;
  const by = createPoliteFetching(address, network, site, ending);
  const front = await download(address, by, ending).catch((cause: unknown) => {
    throw new SiteUnreadable(whyUnreadable(address, cause), { cause });
  });
  const { pages, sitemap, leftOut } = await findPages(front, by, maxPages + 1, ending);
  const { crawlDelayMs } = await by.robotsOf(front.address);
  const tally = createTally(site.report, { found: pages.length, sitemap, crawlDelayMs });
  for (const reason of leftOut) tally.leaveOut(reason);
  const wanted = pages.slice(0, maxPages);
  for (let spare = pages.length - wanted.length; spare > 0; spare--)
    tally.leaveOut(`is beyond the limit of ${maxPages}`);
  const read = await readPages(front, wanted, by, site, tally);
  const progress = tally.progress();
  if (read.length === 0) throw new SiteUnreadable(whyEmpty(front.address, progress.leftOut));
  const facts = readSiteFacts(front.text, front.address);
  return {
    ...progress,
    address: front.address,
    facts,
    pages: read,
    icon: await fetchIcon(facts, by, ending),
  };
}

type Tally = ReturnType<typeof createTally>;

function createTally(
  report: (progress: Progress) => void,
  known: Pick<Progress, "found" | "sitemap" | "crawlDelayMs">,
) {
  const leftOut = new Map<string, number>();
  let read = 0;
  const progress = (): Progress => ({ ...known, read, leftOut: new Map(leftOut) });
  return {
    progress,
    countRead() {
      read++;
      report(progress());
    },
    leaveOut(reason: string) {
      leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
      report(progress());
    },
  };
}

/** A few at a time; in the order of `wanted`. */
async function readPages(
  front: Download,
  wanted: readonly URL[],
  by: PoliteFetching,
  { ending, clock }: Pick<SiteToRead, "ending" | "clock">,
  tally: Tally,
): Promise<ReadPage[]> {
  const read: (ReadPage | undefined)[] = [];
  const seen = new Set<string>();
  const queue = wanted.entries();
  const endAt = clock() + limits.site.allMs;
  let bytes = 0;
  let failures = 0;

  /** Why no further page is requested. */
  const stopped = () => {
    if (ending.aborted || clock() > endAt)
      return `was not reached within ${limits.site.allMs / 60_000} minutes`;
    if (bytes > limits.site.allBytes) return "is more text than is kept";
    return failures >= limits.site.failures ? "was not asked for, as the site had stopped answering" : null;
  };
  async function readOne(place: number, address: URL): Promise<void> {
    try {
      const found = place === 0 ? front : await download(address, by, ending);
      failures = 0;
      bytes += found.bytes.length;
      const page = usablePage(found);
      if (seen.has(page.url)) throw new DownloadFailed(address, "leads to a page that was read already");
      seen.add(page.url);
      read[place] = page;
      tally.countRead();
    } catch (cause) {
      const failed =
        cause instanceof DownloadFailed ? cause : new DownloadFailed(address, "could not be read");
      if (isTrouble(failed)) {
        failures++;
        by.slowDown();
      }
      tally.leaveOut(failed.reason);
    }
  }
  async function work(): Promise<void> {
    for (const [place, address] of queue) {
      const reason = stopped();
      if (reason === null) await readOne(place, address);
      else tally.leaveOut(reason);
    }
  }
  const { crawlDelayMs } = tally.progress();
  await Promise.all(Array.from({ length: crawlDelayMs ? 1 : limits.site.fetches }, work));
  return read.flatMap((page) => page ?? []);
}

/** Throws `DownloadFailed` where there is nothing to answer from. */
function usablePage({ address, text, contentType }: Download): ReadPage {
  if (!/html|^$/i.test(contentType)) throw new DownloadFailed(address, "is no page");
  const page = readPage(text, address.href);
  if (page.isHidden) throw new DownloadFailed(address, "asks not to be indexed");
  if (passagesOf(page).length === 0) throw new DownloadFailed(address, "has no text");
  return { url: address.href, title: page.title, html: text };
}

/** Whether the site is in trouble, or wants fewer requests. */
const isTrouble = ({ status, reason }: DownloadFailed) =>
  status === undefined ? /longer|could not/.test(reason) : status === 429 || status >= 500;

async function fetchIcon(
  { icons }: SiteFacts,
  by: PoliteFetching,
  ending: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const [icon] = icons;
  if (!icon) return null;
  return download(icon, by, ending, limits.site.icon).then(
    ({ bytes }) => bytes,
    () => null,
  );
}
