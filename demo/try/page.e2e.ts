/** The chat tried on a site of one's own, in a real browser: from the command line's address to an answer with its source. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestSite } from "../../proxy/standin/crawler/testing/test-site.ts";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { rulesBroken } from "../testing/rules.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { startHarbourBooks } from "./testing/harbour-books.ts";

let browser: Browser;
let site: TestSite;
let demo: TestDemo;
const lines: string[] = [];

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), startHarbourBooks()]);
  const address = new URL(site.origin);
  demo = await startTestDemo({ siteToTry: { address, maxPages: 100, say: (line) => lines.push(line) } });
});
afterAll(async () => {
  await browser.close();
  await demo.close();
  await site.close();
});

describe("the chat tried on a site", () => {
  it("is open on the front page, in the site's name, and answers from its pages with the page as the source", async () => {
    const { page, context, complaints, requests } = await visit(browser);
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.input.waitFor({ state: "visible" });
    const starters = await chat.starters.allInnerTexts();
    expect(starters).toEqual([
      "Opening hours",
      "Delivery and returns",
      "Gift vouchers",
      "Readings and events",
    ]);
    await chat.ask("What does delivery cost?");
    expect(await chat.answered()).toContain("three euros");
    const source = page.locator(
      'customgpt-widget a[part~="citation"], customgpt-widget [part~="citation"] a',
    );
    await source.first().waitFor({ state: "visible" });
    expect(await source.first().getAttribute("href")).toBe(`${site.origin}/delivery`);
    await chat.ask("Opening hours");
    expect(await chat.answered(2)).toContain("nine o'clock");

    const text = await page.locator("main").innerText();
    expect(text).toContain("Ask Harbour Books");
    expect(text).toContain("read 6 pages");
    expect(text).toContain("not CustomGPT.ai");
    expect(text).toContain("npx customgpt-widget setup");
    expect(requests.filter((address) => !address.startsWith(demo.address))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("says what was read and what was left out, on the page and on the screen, and keeps to robots.txt", async () => {
    const { page, context } = await visit(browser);
    await page.goto(demo.address);
    await page.getByText("Left out: 2, and why").click();
    const reasons = ["1 × is closed by robots.txt", "1 × answered 404"];
    for (const reason of reasons) expect(await page.getByText(reason).isVisible()).toBe(true);
    expect(lines).toEqual([
      `Reading ${site.origin} …`,
      `Found 8 pages in ${site.origin}/sitemap.xml`,
      "Read 6 pages, left out 2:",
      ...reasons.map((reason) => `  ${reason}`),
    ]);
    expect(site.paths()).not.toContain("/staff");
    await context.close();
  });

  it("breaks no rule of accessibility and fits a small phone, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, context } = await visit(browser, {
        colorScheme,
        viewport: { width: 320, height: 568 },
        reducedMotion: "reduce",
      });
      await page.goto(demo.address);
      await chatOn(page).input.waitFor({ state: "visible" });
      for (const summary of await page.locator("summary").all()) await summary.click();
      expect(await rulesBroken(page, "body")).toEqual([]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(320);
      await context.close();
    }
  });

  it("leaves the guide to be read, without the chat, which knows another site", async () => {
    const { page, context } = await visit(browser);
    await page.goto(`${demo.address}/embed`);
    expect(await page.locator("article .note").first().innerText()).toContain("npm start");
    expect(await page.locator('script[src="/widget.js"]').count()).toBe(0);
    await page.getByRole("link", { name: "What it is" }).first().click();
    await page.waitForURL(`${demo.address}/guide`);
    expect(await page.locator("h1").innerText()).toBe("Your agent, on any website, with one tag");
    await context.close();
  });
});
