/** Stored conversations: listed, resumed, deleted, and stored where and as long as the owner chose. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn, type ChatPage } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 20, everyMs: 0 } })]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const first = "What is this product?";
const second = "Is it accessible?";

async function begin(
  given?: BrowserContext,
): Promise<{ page: Page; context: BrowserContext; chat: ChatPage }> {
  const context = given ?? (await visit(browser, { reducedMotion: "reduce" })).context;
  const page = await context.newPage();
  await page.goto(demo.address);
  const chat = chatOn(page);
  await chat.open();
  return { page, context, chat };
}

const inPanel = (page: Page) => page.locator("customgpt-widget");

async function choose(page: Page, command: string): Promise<void> {
  await inPanel(page).getByRole("button", { name: "More options" }).click();
  await inPanel(page).getByRole("menuitem", { name: command }).click();
}

describe("earlier conversations", () => {
  it("are listed after starting over, and can be resumed", async () => {
    const { page, context, chat } = await begin();
    await chat.ask(first);
    const answer = await chat.answered();
    await choose(page, "Start over");
    await chat.starters.first().waitFor({ state: "visible" });
    await page.reload();
    await chat.open();
    await chat.ask(second);
    await chat.answered();
    await choose(page, "Earlier conversations");
    const list = page.locator("customgpt-widget .history-list");
    await list.waitFor();
    expect(await list.locator("> li").count()).toBe(2);
    expect(await list.locator("[aria-current=true]").innerText()).toContain(second);
    await list.getByRole("button", { name: first }).first().click();
    expect(await chat.answered()).toBe(answer);
    await chat.ask(second);
    await chat.answered(2);
    expect(demo.conversationsDeleted()).toBe(0);
    await context.close();
  });

  it("are deleted one by one, upstream too, by keyboard; Escape goes back before it closes", async () => {
    const { page, context, chat } = await begin();
    for (const question of [first, second]) {
      await chat.ask(question);
      await chat.answered();
      await choose(page, "Start over");
      await chat.starters.first().waitFor({ state: "visible" });
    }
    const before = demo.conversationsDeleted();
    await choose(page, "Earlier conversations");
    const remove = inPanel(page).getByRole("button", { name: `Delete “${second}”` });
    await remove.focus();
    await page.keyboard.press("Enter");
    expect(await inPanel(page).locator(".deleting").innerText()).toContain("can’t be brought back");
    await page.keyboard.press("Enter");
    await expect.poll(() => remove.evaluate((button) => button.matches(":focus"))).toBe(true);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("customgpt-widget .history-list > li").count()).toBe(1);
    expect(demo.conversationsDeleted() - before).toBe(1);
    const left = inPanel(page).getByRole("button", { name: first }).first();
    await expect.poll(() => left.evaluate((button) => button.matches(":focus"))).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.locator("customgpt-widget .history-list").count()).toBe(0);
    expect(await chat.panel.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await chat.panel.waitFor({ state: "hidden" });
    await context.close();
  });
});

describe("deleting the conversation", () => {
  it("asks for confirmation, deletes it upstream and in every tab, and reports a failure", async () => {
    const { page, context, chat } = await begin();
    await chat.ask(first);
    await chat.answered();
    const other = await begin(context);
    await other.chat.answered();
    await choose(page, "Delete conversation");
    const confirm = inPanel(page).getByRole("button", { name: "Delete", exact: true });
    await confirm.waitFor();
    demo.fault("server-error");
    await confirm.click();
    await inPanel(page).getByRole("alert").filter({ hasText: "." }).waitFor();
    demo.faultsOff();
    expect(await other.chat.questions.count()).toBe(1);
    await inPanel(page).getByRole("button", { name: "Try again" }).click();
    await chat.starters.first().waitFor({ state: "visible" });
    await other.chat.starters.first().waitFor({ state: "visible" });
    await page.reload();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe("{}");
    await context.close();
  });
});
