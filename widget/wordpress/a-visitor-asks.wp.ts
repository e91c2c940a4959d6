/** A real WordPress with the plugin: from the archive to a visitor's first answer. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../../demo/testing/browser.ts";
import { chatOn } from "../../demo/testing/chat-page.ts";
import { startTestDemo, type TestDemo } from "../../demo/testing/test-demo.ts";
import { fieldOf, installPlugin, publish, save, settingsPage, signIn } from "./testing/admin.ts";
import { testedVersion } from "./testing/tested-version.ts";
import { startWordPress, type WordPressSite } from "./testing/wordpress-site.ts";

let browser: Browser;
let site: WordPressSite;
let proxy: TestDemo;
let admin: Page;

beforeAll(async () => {
  [browser, site] = await Promise.all([openBrowser(), startWordPress(testedVersion)]);
  proxy = await startTestDemo({
    pace: { firstMs: 50, everyMs: 30 },
    environment: { ALLOWED_ORIGINS: site.address.slice(0, -1) },
  });
  ({ page: admin } = await visit(browser));
  await signIn(admin, site);
  await installPlugin(admin, site);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([site.stop(), proxy.close()]);
});

describe(`on WordPress ${testedVersion}`, () => {
  it("the owner is told when the proxy's address is wrong, and of the agent when it is right", async () => {
    await admin.goto(site.address + settingsPage);
    const result = admin.locator("#customgpt-widget-test-result");
    const test = admin.getByRole("button", { name: "Test the connection" });
    await test.click();
    await expect.poll(() => result.innerText()).toMatch(/address first/);
    await fieldOf(admin, "proxy").fill("http://127.0.0.1:9");
    await test.click();
    await expect.poll(() => result.innerText()).toMatch(/ALLOWED_ORIGINS/);
    await fieldOf(admin, "proxy").fill(proxy.address);
    await fieldOf(admin, "agent").fill("nobody");
    await test.click();
    await expect.poll(() => result.innerText()).toMatch(/no such agent/);
    await fieldOf(admin, "agent").fill("");
    await test.click();
    await expect.poll(() => result.innerText()).toMatch(/Connected to “.+”/);
  });

  it("a visitor asks on the front page and sees the answer grow", async () => {
    await admin.goto(site.address + settingsPage);
    await fieldOf(admin, "proxy").fill(proxy.address);
    await fieldOf(admin, "title").fill("Harbour Books’ help");
    await fieldOf(admin, "color").fill("#0a5c36");
    await save(admin);
    const { page, context, complaints, requests } = await visit(browser);
    await page.goto(site.address);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask("How do I run the proxy?");
    await chat.answer.waitFor({ state: "visible" });
    const first = (await chat.answer.innerText()).length;
    const answer = await chat.answered();
    expect(answer.length).toBeGreaterThan(first);
    expect(await chat.panel.innerText()).toContain("Harbour Books’ help");
    expect(complaints).toEqual([]);
    // The widget's own files come from the site; only questions go to the proxy.
    const scripts = requests.filter((address) => address.includes("/widget/assets/"));
    expect(scripts.length).toBeGreaterThan(1);
    expect(scripts.filter((address) => !address.startsWith(site.address))).toEqual([]);
    await context.close();
  });

  it.each([
    ["a block", '<!-- wp:chat-widget-for-customgpt/chat {"height":500} /-->'],
    ["a shortcode", '[customgpt_widget height="500"]'],
  ])("%s puts the chat into the page, and no second one floats above it", async (name, content) => {
    const address = publish(
      site,
      `With ${name}`,
      `<!-- wp:paragraph --><p>Ask.</p><!-- /wp:paragraph -->${content}`,
    );
    const { page, context, complaints } = await visit(browser);
    await page.goto(address);
    const chat = chatOn(page);
    await chat.input.waitFor({ state: "visible" });
    expect(await page.locator("customgpt-widget").count()).toBe(1);
    expect((await page.locator("customgpt-widget").boundingBox())?.height).toBe(500);
    await chat.ask("How do I run the proxy?");
    expect(await chat.answered()).not.toBe("");
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("WordPress has nothing to complain about", () => {
    expect(site.complaints()).toBe("");
  });
});
