/** Several tabs of one visitor show one conversation, live, with one stream and one message to the agent for each question. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn, type ChatPage } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 100, everyMs: 0 } })]);
});
beforeEach(() => {
  demo.pace.everyMs = 0;
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const question = "Which attributes does the script tag have?";

/** For tests of what happens during an answer. */
const streamsSlowly = () => void (demo.pace.everyMs = 20);

type Tab = ChatPage & { page: Page };

async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  await page.goto(demo.address);
  const chat = chatOn(page);
  await chat.open();
  return { ...chat, page };
}

/** Two tabs of one fresh visitor, both with the chat open. */
async function twoTabs() {
  const { context, page } = await visit(browser, { reducedMotion: "reduce" });
  await page.close();
  const a = await openTab(context);
  const b = await openTab(context);
  return { context, a, b };
}

/** Streams that pages have opened: those of questions, and resumed ones. */
function streamsOf(context: BrowserContext): string[] {
  const streams: string[] = [];
  context.on("request", (request) => {
    const { pathname } = new URL(request.url());
    const asks = request.method() === "POST" && /\/(conversations|messages)$/.test(pathname);
    if (asks || (request.method() === "GET" && /\/turns\/[^/]+$/.test(pathname))) streams.push(pathname);
  });
  return streams;
}

/** Waits until part of the answer is shown. */
const begun = (tab: Tab) =>
  tab.page.waitForFunction(
    () =>
      (
        document.querySelector("customgpt-widget")?.shadowRoot?.querySelector('[part~="answer"]')
          ?.textContent ?? ""
      ).length > 20,
  );

/** Text of the transcript, from the first question to the last answer. */
async function transcript(tab: Tab): Promise<string[]> {
  return [...(await tab.questions.allInnerTexts()), ...(await tab.answers.allInnerTexts())].map((text) =>
    text.trim(),
  );
}

describe("a question asked in one tab", () => {
  it("is shown in the other at once, and its answer streams there live, from one stream", async () => {
    streamsSlowly();
    const { context, a, b } = await twoTabs();
    const before = demo.questionsSeen();
    const streams = streamsOf(context);
    await a.ask(question);
    await b.questions.first().waitFor({ state: "visible" });
    await begun(b);
    expect(await b.answer.getAttribute("aria-busy")).toBe("true");
    const answer = await a.answered();
    expect(await b.answered()).toBe(answer);
    demo.pace.everyMs = 0;
    await b.ask("Is it accessible?");
    await a.answered(2);
    await b.answered(2);
    expect(await transcript(a)).toEqual(await transcript(b));
    expect(demo.questionsSeen() - before).toBe(2);
    expect(streams).toHaveLength(2);
    await context.close();
  });

  it("is answered in the other when its own is closed during the answer", async () => {
    streamsSlowly();
    const { context, a, b } = await twoTabs();
    const before = demo.questionsSeen();
    await a.ask(question);
    await begun(b);
    await a.page.close();
    const answer = await b.answered();
    const c = await openTab(context);
    expect(await c.answered()).toBe(answer);
    expect(answer.length).toBeGreaterThan(100);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });

  it("can be stopped in the other, and both show the same", async () => {
    streamsSlowly();
    const { context, a, b } = await twoTabs();
    await a.ask(question);
    await begun(b);
    await b.stop.click();
    await expect.poll(() => demo.streamsOpen()).toBe(0);
    await a.answered();
    await b.answered();
    await expect.poll(async () => (await transcript(a)).join() === (await transcript(b)).join()).toBe(true);
    await a.page.locator('customgpt-widget [part~="notice"] button').first().click();
    await b.answered();
    await a.answered();
    expect(await transcript(a)).toEqual(await transcript(b));
    expect(await b.questions.count()).toBe(1);
    await context.close();
  });
});

describe("two tabs that ask at the same moment", () => {
  it("both get both answers, one after the other, in one conversation", async () => {
    const { context, a, b } = await twoTabs();
    const before = demo.questionsSeen();
    await a.input.fill("What is this product?");
    await b.input.fill("Is it accessible?");
    await Promise.all([a.input.press("Enter"), b.input.press("Enter")]);
    // A tab that sees the other's question in time does not send its own: the text stays in the field.
    for (const tab of [a, b]) {
      if ((await tab.input.inputValue()) === "") continue;
      await tab.answered();
      await tab.input.press("Enter");
    }
    await a.answered(2);
    await b.answered(2);
    expect(await transcript(a)).toEqual(await transcript(b));
    const c = await openTab(context);
    await c.answered(2);
    expect(await transcript(c)).toEqual(await transcript(a));
    expect(demo.questionsSeen() - before).toBe(2);
    await context.close();
  });
});

describe("starting over in one tab", () => {
  it("is seen in the other at once", async () => {
    const { context, a, b } = await twoTabs();
    await a.ask("What is this product?");
    await a.answered();
    await b.answered();
    await a.page.evaluate("CustomGPTWidget('startOver')");
    await b.starters.first().waitFor({ state: "visible" });
    expect(await b.questions.count()).toBe(0);
    await context.close();
  });
});

describe("an answer that arrived while the chat was closed", () => {
  it("is counted on the launcher in every tab, and read in all once it is read in one", async () => {
    streamsSlowly();
    const { context, a, b } = await twoTabs();
    await a.ask("What is this product?");
    await b.questions.first().waitFor({ state: "visible" });
    for (const tab of [a, b]) await tab.page.evaluate("CustomGPTWidget('close')");
    const name = (tab: Tab) => tab.page.getByRole("button", { name: "1 unread answer" });
    await Promise.all([a, b].map((tab) => name(tab).waitFor({ timeout: 20_000 })));
    await a.open();
    for (const tab of [a, b]) await expect.poll(() => name(tab).count()).toBe(0);
    await context.close();
  });
});

describe("signing out in one tab", () => {
  it("clears the conversation in all, and removes it from the device", async () => {
    const { context, a, b } = await twoTabs();
    const jwt = `h.${Buffer.from(JSON.stringify({ sub: "ann" })).toString("base64")}.s`;
    await a.ask("What is this product?");
    await a.answered();
    await b.answered();
    // The visitor has changed, so the earlier conversation is not theirs.
    await a.page.evaluate((identity) => window.CustomGPTWidget?.("set", { identity }), jwt);
    await b.starters.first().waitFor({ state: "visible" });
    expect(await a.questions.count()).toBe(0);
    expect(await b.page.evaluate(() => localStorage.length)).toBe(0);
    await context.close();
  });
});

describe("a page that is left during an answer", () => {
  it("releases channel and locks in the back-forward cache, and completes the answer when it is restored", async () => {
    streamsSlowly();
    const { context, a, b } = await twoTabs();
    const before = demo.questionsSeen();
    await b.page.close();
    await a.ask(question);
    await begun(a);
    // Events of the back-forward cache, which headless browsers do not have.
    await a.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    expect(await a.page.evaluate(async () => (await navigator.locks.query()).held?.length)).toBe(0);
    await a.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    const answer = await a.answered();
    const c = await openTab(context);
    expect(await c.answered()).toBe(answer);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });
});
