/** Tests of this page's promises in a real browser: rules, names, focus, announcements, sizes and colours. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { contrastBroken, rulesBroken } from "../testing/rules.ts";
import { tooSmall } from "../testing/targets.ts";

const question = "Which attributes does the script tag have?";
const phone = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 500, everyMs: 6 } })]);
});
beforeEach(() => {
  demo.faultsOff();
  demo.pace.everyMs = 6;
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

async function openPage(options: BrowserContextOptions = {}, attributes = "") {
  const visited = await visit(browser, { reducedMotion: "reduce", ...options });
  await visited.page.route(`${demo.address}/accessibility`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<script(?=[^>]*widget\.js)/, `<script ${attributes}`);
    await route.fulfill({ response, body });
  });
  await visited.page.goto(`${demo.address}/accessibility`);
  const chat = chatOn(visited.page);
  await chat.launcher.waitFor({ state: "visible" });
  return { ...visited, chat };
}

const untilStreamed = (page: Page, least: number) =>
  page.waitForFunction(
    (length) =>
      (
        document.querySelector("customgpt-widget")?.shadowRoot?.querySelector("[part=answer]")?.textContent ??
        ""
      ).length > length,
    least,
  );

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement?.shadowRoot?.activeElement;
    if (!(element instanceof HTMLElement)) return "the page";
    return element.getAttribute("part") ?? element.ariaLabel ?? (element.title || element.textContent);
  });

describe("no rule of accessibility is broken", () => {
  it.each<[string, BrowserContextOptions, string]>([
    ["in light", {}, ""],
    ["in dark, on a small phone", { colorScheme: "dark", ...phone }, ""],
    ["in forced colours, in German", { forcedColors: "active" }, 'data-language="de"'],
    ["in Arabic", {}, 'data-language="ar"'],
  ])("%s: closed, open, waiting, streaming, answered, failed", async (_, options, attributes) => {
    const { page, chat, context } = await openPage(options, attributes);
    expect(await rulesBroken(page), "closed").toEqual([]);
    await chat.open();
    expect(await rulesBroken(page), "open").toEqual([]);
    await chat.ask(question);
    await page.locator(".loading").waitFor();
    expect(await rulesBroken(page), "waiting").toEqual([]);
    await untilStreamed(page, 20);
    expect(await rulesBroken(page), "streaming").toEqual([]);
    await chat.answered();
    expect(await rulesBroken(page), "answered").toEqual([]);
    expect(await tooSmall(page)).toEqual([]);
    demo.fault("server-error");
    await chat.ask("And this?");
    await chat.notice.waitFor();
    expect(await rulesBroken(page), "failed").toEqual([]);
    expect(await tooSmall(page)).toEqual([]);
    await context.close();
  });
});

describe("every text has contrast enough, whatever the owner's colour", () => {
  it.each<[string, BrowserContextOptions, string]>([
    ["yellow", {}, "#ffe100"],
    ["black, in dark", { colorScheme: "dark" }, "#000"],
    ["white", {}, "#fff"],
    ["pink, in dark", { colorScheme: "dark" }, "#ff69b4"],
  ])("%s: open, answered, failed", async (_, options, color) => {
    demo.pace.everyMs = 0;
    const { page, chat, context } = await openPage(options, `data-color="${color}"`);
    await chat.open();
    expect(await contrastBroken(page), "open").toEqual([]);
    await chat.ask(question);
    await chat.answered();
    expect(await contrastBroken(page), "answered").toEqual([]);
    demo.fault("server-error");
    await chat.ask("And this?");
    await chat.notice.waitFor();
    expect(await contrastBroken(page), "failed").toEqual([]);
    await context.close();
  });
});

it("a streaming answer looks like the finished one, and its start does not move", async () => {
  const { page, chat, context } = await openPage();
  await chat.open();
  await chat.ask(question);
  await untilStreamed(page, 60);
  const appearance = () =>
    chat.answer.evaluate((answer) => {
      const words = answer.querySelector("p");
      const opacities = [];
      for (let each: Element | null = words; each; each = each.parentElement)
        opacities.push(getComputedStyle(each).opacity);
      const { top, left } = (words ?? answer).getBoundingClientRect();
      return { color: getComputedStyle(words ?? answer).color, opacities, top, left };
    });
  const before = await appearance();
  await chat.answered();
  expect(await appearance()).toEqual(before);
  await context.close();
});

it("a screen reader announces once that the answer is awaited, and then the whole answer once", async () => {
  const { page, chat, context } = await openPage();
  await chat.open();
  await chat.input.pressSequentially("W");
  await page.locator("[aria-live=polite]").waitFor({ state: "attached" });
  await page.evaluate(() => {
    const heard: string[] = [];
    Reflect.set(window, "heard", heard);
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    for (const region of root?.querySelectorAll("[aria-live=polite], [aria-live=assertive]") ?? []) {
      const listen = () => region.textContent && heard.push(region.textContent);
      new MutationObserver(listen).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  await chat.ask(question);
  const answer = await chat.answered();
  await page.waitForTimeout(300);
  const heard = await page.evaluate((): string[] => Reflect.get(window, "heard"));
  const plain = (text = "") => text.replace(/\s+/g, "");
  expect(heard).toHaveLength(2);
  expect(heard[0]).toBe("Looking through the guide…");
  expect(plain(heard[1])).toBe(plain(`Answer: ${answer}`));
  await context.close();
});

describe("the focus", () => {
  it("is never lost: after a starter, stop, try again, start over, Escape", async () => {
    const { page, chat, context } = await openPage();
    await chat.open();
    await chat.starters.first().press("Enter");
    await untilStreamed(page, 10);
    expect(await focused(page)).toBe("input");
    await chat.stop.press("Enter");
    await chat.notice.waitFor();
    expect(await focused(page)).toBe("send");
    await page.getByRole("button", { name: "Try again" }).press("Enter");
    await untilStreamed(page, 10);
    expect(await focused(page)).toBe("input");
    await page.getByRole("button", { name: "More options" }).press("Enter");
    await page.keyboard.press("Enter");
    await chat.starters.first().waitFor();
    expect(await focused(page)).toBe("More options");
    await page.keyboard.press("Escape");
    await chat.panel.waitFor({ state: "hidden" });
    expect(await focused(page)).toContain("launcher");
    await context.close();
  });

  it("follows the reading order of the panel", async () => {
    const { page, chat, context } = await openPage();
    await chat.open();
    await page.getByRole("button", { name: "More options" }).focus();
    const order = [];
    for (let presses = 0; presses < 8; presses++) {
      order.push(await focused(page));
      await page.keyboard.press("Tab");
    }
    const four = ["starter", "starter", "starter", "starter"];
    expect(order).toEqual(["More options", "close", "transcript", ...four, "input"]);
    await context.close();
  });

  it("stays in a panel that covers the window, in both directions, and can leave another", async () => {
    const small = await openPage({ viewport: { width: 320, height: 568 } });
    await small.chat.open();
    expect(await small.chat.panel.getAttribute("aria-modal")).toBe("true");
    await small.chat.send.focus();
    await small.page.keyboard.press("Tab");
    expect(await focused(small.page)).toBe("More options");
    await small.page.keyboard.press("Shift+Tab");
    expect(await focused(small.page)).toBe("send");
    await small.context.close();

    const { page, chat, context } = await openPage();
    await chat.open();
    expect(await chat.panel.getAttribute("aria-modal")).toBe(null);
    await page.getByRole("button", { name: "More options" }).focus();
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toContain("launcher");
    await context.close();
  });
});

it("at 400 percent everything is visible, and nothing scrolls sideways", async () => {
  const { page, chat, context } = await openPage({ viewport: { width: 320, height: 256 } });
  await chat.open();
  await chat.ask(question);
  await chat.answered();
  const box = await page
    .locator("[part=transcript]")
    .evaluate(({ scrollWidth, clientWidth, clientHeight }) => ({ scrollWidth, clientWidth, clientHeight }));
  expect(box.scrollWidth).toBe(box.clientWidth);
  expect(box.clientHeight).toBeGreaterThan(100);
  expect(await page.evaluate(() => getComputedStyle(document.body).overflow)).toBe("visible");
  await context.close();
});

it("a placeholder that is too long for the field stays on one line", async () => {
  const { chat, context } = await openPage(
    phone,
    `data-placeholder="${"Ask about anything you like ".repeat(4)}"`,
  );
  await chat.open();
  const { height, scrollHeight } = await chat.input.evaluate((field) => ({
    height: field.clientHeight,
    scrollHeight: field.scrollHeight,
  }));
  expect(scrollHeight).toBe(height);
  await context.close();
});
