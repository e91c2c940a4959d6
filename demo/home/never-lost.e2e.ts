/** Conversations survive a reload; an answer can be stopped, and asked again when it failed. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 100, everyMs: 0 } })]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const question = "Which attributes does the script tag have?";

/** The stored answer to the newest question, as plain text. */
async function askedAndAnswered(address: string) {
  const { page, context } = await visit(browser, { reducedMotion: "reduce" });
  await page.goto(address);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask(question);
  const answer = await chat.answered();
  await context.close();
  return answer;
}

describe("when the page is left during an answer", () => {
  it("a reload during an answer shows the whole answer", async () => {
    const whole = await askedAndAnswered(demo.address);
    const before = demo.questionsSeen();
    demo.pace.everyMs = 15;
    const { page, context } = await visit(browser, { reducedMotion: "reduce" });
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask(question);
    await page.waitForFunction(
      () =>
        (
          document.querySelector("customgpt-widget")?.shadowRoot?.querySelector('[part~="answer"]')
            ?.textContent ?? ""
        ).length > 20,
    );
    demo.pace.everyMs = 0;
    await page.reload();
    await chat.open();
    expect(await chat.answered()).toBe(whole);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });
});

describe("a conversation", () => {
  it("is restored after a reload, and continues", async () => {
    const { page, context } = await visit(browser, { reducedMotion: "reduce" });
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask("What is this product?");
    const first = await chat.answered();
    await page.reload();
    await chat.open();
    expect(await chat.answered()).toBe(first);
    await chat.ask("Is it accessible?");
    await chat.answered(2);
    expect(await chat.questions.count()).toBe(2);
    await context.close();
  });

  it("is neither shown nor deleted once the visitor starts over", async () => {
    const { page, context } = await visit(browser, { reducedMotion: "reduce" });
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask("What is this product?");
    await chat.answered();
    await page.evaluate("CustomGPTWidget('startOver')");
    await chat.starters.first().waitFor({ state: "visible" });
    expect(demo.conversationsDeleted()).toBe(0);
    await page.reload();
    // The tab knows that it was open.
    await chat.starters.first().waitFor({ state: "visible" });
    expect(await chat.questions.count()).toBe(0);
    await context.close();
  });
});

describe("stop", () => {
  it("ends the answer at the service too, and keeps its text so far", async () => {
    const slow = await startTestDemo({ pace: { firstMs: 50, everyMs: 150 } });
    const { page, context } = await visit(browser, { reducedMotion: "reduce" });
    await page.goto(slow.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask(question);
    await page.waitForFunction(
      () =>
        (
          document.querySelector("customgpt-widget")?.shadowRoot?.querySelector('[part~="answer"]')
            ?.textContent ?? ""
        ).length > 10,
    );
    expect(slow.streamsOpen()).toBe(1);
    await chat.stop.click();
    await expect.poll(() => slow.streamsOpen()).toBe(0);
    expect((await chat.answered()).length).toBeGreaterThan(5);
    await context.close();
    await slow.close();
  });
});

describe("a problem", () => {
  it("has a message, and a retry gets the answer", async () => {
    const { page, context } = await visit(browser, { reducedMotion: "reduce" });
    await page.goto(demo.address);
    const chat = chatOn(page);
    await chat.open();
    demo.fault("server-error");
    await chat.ask(question);
    await chat.notice.first().waitFor({ state: "visible" });
    const words = await chat.notice.first().innerText();
    expect(words).not.toMatch(/500|upstream|error|undefined/i);
    expect(words.length).toBeGreaterThan(15);
    demo.faultsOff();
    await page.locator('customgpt-widget [part~="notice"] button').first().click();
    expect((await chat.answered()).length).toBeGreaterThan(20);
    await expect.poll(() => chat.notice.count()).toBe(0);
    await context.close();
  });
});
