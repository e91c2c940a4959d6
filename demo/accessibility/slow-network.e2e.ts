/** Announcements of turns that end before their view is loaded, on a slow network with a quick agent. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { drawingFile } from "../testing/lazy-files.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 0, everyMs: 0 } })]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** A page on which one file of the chat is not loaded before `letCome` is called. */
async function openPage(held: RegExp) {
  const { context, page } = await visit(browser);
  let letCome = () => {};
  const mayCome = new Promise<void>((resolve) => (letCome = resolve));
  await context.route(held, async (route) => {
    await mayCome;
    await route.continue();
  });
  await page.goto(`${demo.address}/accessibility`);
  await page.evaluate(() => {
    const told: string[] = [];
    Reflect.set(window, "told", told);
    for (const name of ["answer", "problem"])
      document.addEventListener(`customgpt-${name}`, () => told.push(name));
  });
  const chat = chatOn(page);
  await chat.launcher.waitFor({ state: "visible" });
  await chat.open();
  await chat.ask("How does it work?");
  await page.waitForFunction(() => Reflect.get(window, "told").length > 0);
  const heard = (kind: string) => page.locator(`customgpt-widget [aria-live=${kind}]`);
  return { context, page, chat, letCome, heard };
}

describe("while the file that renders a conversation is being loaded", () => {
  it("a complete answer is announced when it is rendered", async () => {
    const { context, letCome, heard, chat } = await openPage(drawingFile());
    letCome();
    const answer = await chat.answered();
    const polite = heard("polite").last();
    await expect.poll(() => polite.textContent()).toMatch(/^Answer: ./);
    expect(await polite.textContent()).toContain(answer.split("\n")[0]);
    await context.close();
  });

  it("a problem is announced when it is rendered", async () => {
    demo.fault("server-error", 1);
    const { context, letCome, heard } = await openPage(drawingFile());
    letCome();
    await expect.poll(() => heard("assertive").textContent()).toMatch(/siesta/);
    await context.close();
  });
});

it("a restored conversation is not announced", async () => {
  const { context, page, chat, letCome, heard } = await openPage(drawingFile());
  letCome();
  await chat.answered();
  await page.reload();
  await chat.answered();
  await page.waitForFunction(
    () => document.querySelector("customgpt-widget")?.shadowRoot?.querySelector("[part~=feedback]") !== null,
  );
  expect(await heard("polite").last().textContent()).toBe("");
  expect(await heard("assertive").textContent()).toBe("");
  await context.close();
});
