/** The demo's front page in a real browser: a first question, from the launcher to an answer with its sources. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

describe("a visitor's first question", () => {
  it("is answered from the site's own pages, with a source, and only the proxy gets requests", async () => {
    const { page, context, complaints, requests } = await visit(browser);
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask("How do I put the chat on my website?");
    const answer = await chat.answered();

    expect(answer.toLowerCase()).toContain("script");
    await chat.citations.first().waitFor({ state: "visible" });
    expect(await chat.citations.first().innerText()).not.toBe("");
    const links = await page
      .locator('customgpt-widget a[part~="citation"], customgpt-widget [part~="citation"] a')
      .all();
    expect(await links[0]?.getAttribute("href")).toContain(demo.address);
    expect(requests.filter((address) => !address.startsWith(demo.address))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("is answered word by word: the text visibly grows before it is finished", async () => {
    // An answer that takes seconds, because a busy machine renders several words at once.
    const calm = await startTestDemo({ pace: { firstMs: 50, everyMs: 60 } });
    const { page, context } = await visit(browser);
    await page.goto(calm.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask("How do I run the proxy?");
    const lengths = await chat.answer.evaluate(
      (answer) =>
        new Promise<number>((resolve) => {
          // Not the answer itself, whose element is replaced when all files are loaded.
          const chat = answer.getRootNode();
          const seen = new Set<number>();
          const look = () => {
            const now = chat instanceof ShadowRoot ? chat.querySelector('[part~="answer"]') : null;
            if (now) seen.add(now.textContent.length);
            if (now?.getAttribute("aria-busy") === "true") return;
            changes.disconnect();
            resolve(seen.size);
          };
          const changes = new MutationObserver(look);
          changes.observe(chat, { subtree: true, childList: true, characterData: true, attributes: true });
          look();
        }),
    );
    expect(lengths).toBeGreaterThan(4);
    await context.close();
    await calm.close();
  });

  it("can be one of the agent's starters", async () => {
    const { page, context } = await visit(browser);
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.open();
    const starter = chat.starters.first();
    const question = (await starter.innerText()).trim();
    await starter.click();
    await chat.answered();
    expect((await chat.questions.first().innerText()).trim()).toContain(question);
    await context.close();
  });

  it("can be asked with the keyboard alone, and the focus returns to the launcher", async () => {
    const { page, context } = await visit(browser);
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.launcher.waitFor({ state: "visible" });
    const focused = () =>
      page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("part") ?? "");
    for (let presses = 0; presses < 80 && !(await focused()).includes("launcher"); presses++) {
      await page.keyboard.press("Tab");
    }
    expect(await focused()).toContain("launcher");
    await page.keyboard.press("Enter");
    await chat.input.waitFor({ state: "visible" });
    await page.waitForFunction(
      () => document.activeElement?.shadowRoot?.activeElement?.getAttribute("part") === "input",
    );
    await page.keyboard.type("What does the proxy do?");
    await page.keyboard.press("Enter");
    await chat.answered();
    await page.keyboard.press("Escape");
    await chat.panel.waitFor({ state: "hidden" });
    expect(await focused()).toContain("launcher");
    await context.close();
  });

  it("sends nothing and stores nothing before the visitor acts, beyond the tag and the agent's profile", async () => {
    const { page, context, requests } = await visit(browser);
    await page.goto(demo.address);
    await chatOn(page).launcher.waitFor({ state: "visible" });
    await page.waitForTimeout(500);
    const own = requests
      .map((address) => new URL(address).pathname)
      .filter((path) => /widget|assets|v1/.test(path));
    expect(own.filter((path) => path !== "/widget.js" && path !== "/v1/agents/default")).toEqual([]);
    const stored = await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]);
    expect(stored).toEqual([0, 0, ""]);
    await context.close();
  });
});
