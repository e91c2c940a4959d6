/** Both sides of an embedding in one: a house with its proxy, somebody else's site that may use it, and a browser. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { openBrowser, visit, type Visit } from "./browser.ts";
import { chatOn, type ChatPage } from "./chat-page.ts";
import { type House, openHouse } from "./house.ts";
import { openOtherSite, type OtherSite } from "./other-site.ts";

export type Stay = Visit & { chat: ChatPage };

export type Neighbours = {
  browser: Browser;
  house: House;
  site: OtherSite;
  /** The tag as the README has it, with these attributes. */
  tag(attributes?: string): string;
  /** Goes to a page of the other site. */
  enter(
    html: string,
    options?: { headers?: Record<string, string>; profile?: BrowserContextOptions },
  ): Promise<Stay>;
  close(): Promise<void>;
};

export async function openNeighbours(): Promise<Neighbours> {
  const [browser, site] = await Promise.all([openBrowser(), openOtherSite()]);
  const house = await openHouse({
    pace: { firstMs: 30, everyMs: 2 },
    environment: { ALLOWED_ORIGINS: site.address },
  });
  return {
    browser,
    house,
    site,
    tag: (attributes = "async") => `<script src="${house.address}/widget.js" ${attributes}></script>`,
    async enter(html, { headers, profile } = {}) {
      const visited = await visit(browser, { reducedMotion: "reduce", ...profile });
      await visited.page.goto(site.put(html, headers));
      return { ...visited, chat: chatOn(visited.page) };
    },
    async close() {
      await browser.close();
      await house.close();
      await site.close();
    },
  };
}
