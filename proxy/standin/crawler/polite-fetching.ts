/** Polite fetching from one site: only from itself, as its robots.txt allows, in its pace. */
import { limits } from "../limits.ts";
import { download, DownloadFailed, type Fetching, type Network } from "./download.ts";
import { isSameSite } from "./own-site.ts";
import { createPacer, type Time } from "./pacer.ts";
import { allowsAll, allowsNothing, readRobots, type Robots } from "./robots.ts";

/** The crawler's name, by which a robots.txt can address it. */
export const product = "customgpt-widget";

export type PoliteFetching = Fetching & {
  /** Fetched once for each origin. Never rejects. */
  robotsOf: (address: URL) => Promise<SiteRobots>;
  /** Halves the pace, for a site that asks for fewer requests or has trouble answering. */
  slowDown: () => void;
};

/** `failure` says why it could not be had; nothing is allowed then. */
type SiteRobots = Robots & { failure: DownloadFailed | null };

/** Addresses outside of the site, or that the network must not be asked for, are refused in a few words. */
export function createPoliteFetching(
  site: URL,
  network: Network,
  time: Time,
  ending: AbortSignal,
): PoliteFetching {
  let pauseMs: number = limits.site.pauseMs;
  const pacer = createPacer(time, pauseMs);
  const known = new Map<string, Promise<SiteRobots>>();

  function refuseForeign(address: URL): void {
    if (!isSameSite(site, address)) throw new DownloadFailed(address, otherSite);
    if (!network.mayFetch(address)) throw new DownloadFailed(address, "is inside a private network");
  }

  const ownTurn = async (address: URL) => {
    refuseForeign(address);
    await pacer.turn(ending);
  };
  const fetchPage = network.fetchPage;
  const plain: Fetching = { mayFetch: () => true, fetchPage, turn: ownTurn };

  async function fetchRobots(origin: string): Promise<SiteRobots> {
    const robots = await download(new URL("/robots.txt", origin), plain, ending, limits.site.robots).then(
      ({ text }) => ({ ...readRobots(text, product), failure: null }),
      asMissing,
    );
    pauseMs = Math.min(Math.max(pauseMs, robots.crawlDelayMs ?? 0), limits.site.maxPauseMs);
    pacer.slowDown(pauseMs);
    return robots;
  }

  async function robotsOf({ origin }: URL): Promise<SiteRobots> {
    const fetching = known.get(origin) ?? fetchRobots(origin);
    known.set(origin, fetching);
    return fetching;
  }

  return {
    mayFetch: () => true,
    fetchPage,
    async turn(address) {
      refuseForeign(address);
      const { allows, failure } = await robotsOf(address);
      if (failure)
        throw new DownloadFailed(address, "is behind a robots.txt that could not be read", {
          cause: failure,
        });
      if (!allows(address)) throw new DownloadFailed(address, forbidden);
      await pacer.turn(ending);
    },
    robotsOf,
    slowDown() {
      pauseMs = Math.min(pauseMs * 2, limits.site.maxPauseMs);
      pacer.slowDown(pauseMs);
    },
  };
}

/** Reasons that a failed download can have here besides those of `download`. */
export const forbidden = "is closed by robots.txt";
export const otherSite = "is on another site";

/** By RFC 9309 a missing robots.txt allows all, and one that cannot be had nothing. 429 asks for fewer requests. */
function asMissing(cause: unknown): SiteRobots {
  if (!(cause instanceof DownloadFailed)) throw cause;
  const { status = 0 } = cause;
  const isMissing = status >= 400 && status < 500 && status !== 429;
  return isMissing ? { ...allowsAll, failure: null } : { ...allowsNothing, failure: cause };
}
