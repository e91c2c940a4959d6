/** Accessibility tests in a real browser: owners' colours, text at 200 percent, visible focus, and the menu's sheets. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { tooPale } from "../testing/contrast.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { cutOff, doubleText } from "../testing/large-text.ts";
import { rulesBroken } from "../testing/rules.ts";
import { tooSmall } from "../testing/targets.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 10, everyMs: 0 } })]);
});
beforeEach(() => demo.faultsOff());
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** A page with a conversation of two turns: a table with its source, and a problem. */
async function conversed(options: BrowserContextOptions = {}) {
  const { page, context } = await visit(browser, { reducedMotion: "reduce", ...options });
  await page.goto(`${demo.address}/accessibility`);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask("Which keys are there?");
  await chat.answered();
  demo.fault("server-error");
  await chat.ask("And what else?");
  await chat.notice.waitFor();
  const choose = async (command: string) => {
    await page.getByRole("button", { name: "More options" }).click();
    await page.getByRole("menuitem", { name: command }).click();
  };
  return { page, context, chat, choose };
}

it("texts, icons and buttons have enough contrast with any colour of the owner", async () => {
  const { page, context } = await conversed();
  for (const theme of ["light", "dark"]) {
    for (const color of ["#ff0", "#fff", "#000", "#808080", "#0f0", "#00f", "#ff69b4", "#8a8a00"]) {
      await page.evaluate(`CustomGPTWidget("set", ${JSON.stringify({ color, theme })})`);
      await page.waitForFunction(
        (theme) =>
          document.querySelector("customgpt-widget")?.shadowRoot?.querySelector(`[data-theme=${theme}]`),
        theme,
      );
      await expect.poll(() => tooPale(page), { message: `${color} in ${theme}` }).toEqual([]);
    }
  }
  await page.evaluate(() => {
    const faint = new CSSStyleSheet();
    faint.replaceSync(".question, .header .icon { color: #555 }");
    document.querySelector("customgpt-widget")?.shadowRoot?.adoptedStyleSheets.push(faint);
  });
  const planted = (await tooPale(page)).join();
  expect(planted).toContain("question");
  expect(planted).toContain("icon");
  await context.close();
});

describe("with text twice as large, on a window 320 px wide", () => {
  it("nothing is cut off or outside the panel, and only the transcript scrolls, in one direction", async () => {
    const { page, context, choose } = await conversed({ viewport: { width: 320, height: 568 } });
    await doubleText(page);
    expect(await cutOff(page), "answered").toEqual([]);
    const [wide, room] = await page
      .locator("[part=transcript]")
      .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
    expect(wide).toBe(room);
    await page.getByRole("button", { name: "More options" }).click();
    await page.getByRole("menuitem", { name: "Delete conversation" }).waitFor();
    await doubleText(page);
    expect(await cutOff(page), "menu").toEqual([]);
    await page.keyboard.press("Escape");
    for (const command of ["Earlier conversations", "Delete conversation"]) {
      await choose(command);
      await page.locator(".sheet").waitFor();
      await doubleText(page);
      expect(await cutOff(page), command).toEqual([]);
      await page.keyboard.press("Escape");
    }
    await context.close();
  });

  it("the menu's last command can be reached in a window as low as at 400 percent", async () => {
    const { page, context } = await conversed({
      viewport: { width: 320, height: 256 },
      hasTouch: true,
      isMobile: true,
    });
    await page.getByRole("button", { name: "More options" }).click();
    const last = page.getByRole("menuitem").last();
    await page.keyboard.press("ArrowUp");
    const box = await last.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(256);
    await context.close();
  });
});

it("the focus on the launcher is visible on any page, with any colour of the owner", async () => {
  const { page, context } = await visit(browser, { reducedMotion: "reduce" });
  await page.goto(`${demo.address}/accessibility`);
  const { launcher } = chatOn(page);
  for (const color of ["#fff", "#000", "#ff0", "#808080"]) {
    await page.evaluate(`CustomGPTWidget("set", ${JSON.stringify({ color })})`);
    await page.keyboard.press("Tab");
    await launcher.focus();
    const rings = await launcher.evaluate((button) => {
      const { outlineColor, outlineWidth, boxShadow, color, backgroundColor } = getComputedStyle(button);
      return [outlineColor, outlineWidth, boxShadow].map((each) =>
        each.replace(color, "icon").replace(backgroundColor, "button"),
      );
    });
    expect(rings, color).toEqual(["icon", "2px", "button 0px 0px 0px 4px"]);
  }
  await context.close();
});

it("the focused element is never covered, forwards and backwards", async () => {
  const { page, context, chat } = await conversed({ viewport: { width: 1280, height: 480 } });
  await chat.input.focus();
  const walk = ["Shift+Tab", "Tab"].flatMap((key) => Array.from({ length: 10 }, () => key));
  for (const key of walk) {
    await page.keyboard.press(key);
    const hidden = () =>
      page.evaluate(() => {
        const root = document.activeElement?.shadowRoot;
        const focused = root?.activeElement;
        if (!root || !focused) return null;
        const { left, top, width, height } = focused.getBoundingClientRect();
        // Part of it must be visible: its centre or a point just inside a corner.
        const points = [0.5, 0.1, 0.9].flatMap((x) => [0.5, 0.1, 0.9].map((y) => ({ x, y })));
        const isSeen = points.some(({ x, y }) => {
          const hit = root.elementFromPoint(left + x * width, top + y * height);
          return hit !== null && focused.contains(hit);
        });
        return isSeen ? null : focused.outerHTML.slice(0, 80);
      });
    await expect.poll(hidden).toBe(null);
  }
  await context.close();
});

describe("the menu and its sheets break no rule of accessibility", () => {
  it.each<[string, BrowserContextOptions]>([
    ["in light", {}],
    ["in dark, on a phone", { colorScheme: "dark", viewport: { width: 320, height: 568 }, hasTouch: true }],
    ["in forced colours", { forcedColors: "active" }],
  ])("%s: the menu, earlier conversations, the question before deleting", async (_, options) => {
    const { page, context, choose } = await conversed(options);
    await page.getByRole("button", { name: "More options" }).click();
    await page.getByRole("menuitem", { name: "Delete conversation" }).waitFor();
    expect(await rulesBroken(page), "menu").toEqual([]);
    expect(await tooSmall(page), "menu").toEqual([]);
    await page.keyboard.press("Escape");
    for (const command of ["Earlier conversations", "Delete conversation"]) {
      await choose(command);
      await page.locator(".sheet").waitFor();
      expect(await rulesBroken(page), command).toEqual([]);
      expect(await tooSmall(page), command).toEqual([]);
      await page.keyboard.press("Escape");
    }
    await context.close();
  });
});
