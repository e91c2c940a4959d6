/** The site that the chat is tried on: reads it, and says what its agent needs. */
import { setTimeout as sleep } from "node:timers/promises";
import { openSiteNetwork } from "../../proxy/servers/standin/site-network.ts";
import { siteName } from "../../proxy/standin/crawler/own-site.ts";
import {
  type Progress,
  type ReadPage,
  readSite,
  type SiteReading,
} from "../../proxy/standin/crawler/read-site.ts";
import { pictureType } from "../../proxy/upstream/agent/image-type.ts";
import type { Resolve } from "../../proxy/upstream/transport/public-address.ts";
import { contrast, readColor } from "../../widget/options/color.ts";
import { progressLines } from "./progress-lines.ts";
import { commonName, startersOf } from "./titles.ts";

export type TriedSite = Progress & {
  /** The front page. */
  address: URL;
  name: string;
  /** BCP 47 tag; null where the site names none. */
  language: string | null;
  /** `#rrggbb`; null where the site names none that a chat can have. */
  color: string | null;
  icon: { type: string; body: Uint8Array<ArrayBuffer> } | null;
  starters: string[];
  pages: ReadPage[];
};

export type SiteToTry = {
  address: URL;
  maxPages: number;
  /** Gets a line for the screen. */
  say: (line: string) => void;
  /** The system's look-up of names unless given. */
  resolve?: Resolve;
};

/** Rejects with a sentence for the operator. `report` is called whenever more is known. */
export async function readTriedSite(
  { address, maxPages, say, resolve }: SiteToTry,
  report: (progress: Progress) => void,
): Promise<TriedSite> {
  const network = await openSiteNetwork(address, resolve);
  // A name can mean more than its reader thinks; an address says where it is by itself.
  const inside = network.privateAddresses.find((found) => !address.hostname.includes(found));
  say(`Reading ${address.origin}${inside === undefined ? "" : ` (${inside}, in a private network)`} …`);
  const lines = progressLines(maxPages);
  try {
    const reading = await readSite({
      address,
      maxPages,
      network,
      clock: Date.now,
      sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
      report(progress) {
        report(progress);
        for (const line of lines.next(progress)) say(line);
      },
      ending: new AbortController().signal,
    });
    for (const line of lines.end(reading)) say(line);
    return triedSite(reading);
  } finally {
    await network.close();
  }
}

function triedSite({ facts, icon, ...reading }: SiteReading): TriedSite {
  const { address, pages } = reading;
  const name = facts.name ?? commonName(pages.map(({ title }) => title)) ?? siteName(address);
  const type = icon && pictureType(icon);
  return {
    ...reading,
    name,
    language: facts.language,
    color: usableColor(facts.color),
    icon: icon && type ? { type, body: icon } : null,
    starters: startersOf(pages, name, 4),
  };
}

/** Many sites name the white of their page as their colour, on which a chat would have no outline. */
function usableColor(written: string | null): string | null {
  const color = readColor(written?.toLowerCase() ?? "");
  if (!color || contrast(color, [255, 255, 255]) < 1.5) return null;
  return `#${color.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
