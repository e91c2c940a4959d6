/** Embedding of the widget: a demo with its proxy, another site that may use it, and a browser. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { openBrowser, visit, type Visit } from "./browser.ts";
import { chatOn, type ChatPage } from "./chat-page.ts";
import { type TestDemo, startTestDemo } from "./test-demo.ts";
import { openOtherSite, type OtherSite } from "./other-site.ts";

export type Stay = Visit & { chat: ChatPage };

export type Embedding = {
  browser: Browser;
  demo: TestDemo;
  site: OtherSite;
  /** The script tag from the README, with these attributes. */
  tag(attributes?: string): string;
  /** Goes to a page of the other site. */
  enter(
    html: string,
    options?: { headers?: Record<string, string>; profile?: BrowserContextOptions },
  ): Promise<Stay>;
  close(): Promise<void>;
};

export async function openEmbedding(): Promise<Embedding> {
  const [browser, site] = await Promise.all([openBrowser(), openOtherSite()]);
  const demo = await startTestDemo({
    pace: { firstMs: 30, everyMs: 0 },
    environment: { ALLOWED_ORIGINS: site.address },
  });
  return {
    browser,
    demo,
    site,
    tag: (attributes = "async") => `<script src="${demo.address}/widget.js" ${attributes}></script>`,
    async enter(html, { headers, profile } = {}) {
      const visited = await visit(browser, { reducedMotion: "reduce", ...profile });
      await visited.page.goto(site.put(html, headers));
      return { ...visited, chat: chatOn(visited.page) };
    },
    async close() {
      await browser.close();
      await demo.close();
      await site.close();
    },
  };
}
