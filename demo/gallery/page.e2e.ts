/** The gallery in a real browser: every state of the view is rendered, and breaks no rule of accessibility. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { rulesBroken } from "../testing/rules.ts";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo()]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

async function gallery(options: Parameters<typeof visit>[1] = {}) {
  const visited = await visit(browser, { reducedMotion: "reduce", ...options });
  await visited.page.goto(`${demo.address}/gallery`);
  await visited.page.locator(".exhibit [part=answer] p").first().waitFor();
  return visited;
}

const exhibit = (page: Page, name: string) =>
  page.locator(".exhibit", { has: page.getByText(name, { exact: true }) });

describe("the gallery", () => {
  it("shows every state without an error in the console", async () => {
    const { page, context, complaints } = await gallery();
    expect(await page.locator(".exhibit").count()).toBeGreaterThan(25);
    expect(await page.locator(".exhibit [part=panel]").count()).toBe(await page.locator(".exhibit").count());
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("breaks no rule of accessibility, in the colours of any owner", async () => {
    const { page, context } = await gallery();
    // The gallery has many chats side by side; a real page has one.
    expect(await rulesBroken(page, "#gallery", ["landmark-unique"])).toEqual([]);
    await context.close();
  });

  it("has nothing that scrolls the panel sideways", async () => {
    const { page, context } = await gallery();
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll(".stage")].flatMap((stage) => {
        const transcript = stage.shadowRoot?.querySelector("[part=transcript]");
        return transcript && transcript.scrollWidth > transcript.clientWidth
          ? [stage.previousElementSibling?.textContent]
          : [];
      }),
    );
    expect(wide).toEqual([]);
    await context.close();
  });
});

describe("reading", () => {
  it("a new question scrolls to the top and its answer streams below, without moving the text", async () => {
    const { page, context } = await gallery();
    const chat = exhibit(page, "A long answer");
    await chat.locator("[part=input]").fill("And one more?");
    await chat.locator("[part=input]").press("Enter");
    const question = chat.locator(".question").last();
    await expect.poll(async () => distanceFromTop(question)).toBeLessThan(40);
    const before = await distanceFromTop(question);
    await chat.locator("[part=answer] p").last().waitFor();
    await page.waitForTimeout(600);
    expect(await distanceFromTop(question)).toBe(before);
    await context.close();
  });

  it("shows the button to the latest while the end is out of view", async () => {
    const { page, context } = await gallery();
    const chat = exhibit(page, "A long answer");
    const way = chat.getByRole("button", { name: "Go to the latest" });
    await way.click();
    await expect.poll(() => way.count()).toBe(0);
    await chat.locator("[part=transcript]").evaluate((frame) => frame.scrollTo(0, 0));
    await expect.poll(() => way.count()).toBe(1);
    await context.close();
  });
});

describe("a block wider than the panel", () => {
  it("can be scrolled away from its copy button, and is not cut off", async () => {
    const { page, context } = await gallery();
    const chat = exhibit(page, "A long answer");
    const code = chat.locator(".code").last();
    const gap = await code.evaluate((block) => {
      const pre = block.querySelector("pre");
      const text = block.querySelector("code span");
      const button = block.querySelector("button");
      if (!pre || !text || !button) throw new Error("There is no code block with a button.");
      pre.scrollTo(10_000, 0);
      const words = block.ownerDocument.createRange();
      words.selectNodeContents(text);
      return button.getBoundingClientRect().left - words.getBoundingClientRect().right;
    });
    expect(gap).toBeGreaterThanOrEqual(0);
    await code.scrollIntoViewIfNeeded();
    await expect.poll(() => code.getByRole("button", { name: "Copy code" }).isVisible()).toBe(true);
    const pill = chat.locator("td code");
    expect(await pill.evaluate((each) => getComputedStyle(each).boxShadow)).toContain("inset");
    await context.close();
  });
});

describe("the end of a conversation", () => {
  it("is clear of the composer's shadow after the jump to the latest, whose button is visible until then", async () => {
    const { page, context } = await gallery();
    const chat = exhibit(page, "A long answer");
    const way = chat.getByRole("button", { name: "Go to the latest" });
    await way.click();
    const actions = chat.locator(".actions").last();
    const composer = chat.locator("[part=composer]");
    const room = async () => {
      const [end, field] = [await actions.boundingBox(), await composer.boundingBox()];
      return end && field ? field.y - end.y - end.height : Number.NaN;
    };
    await expect.poll(room).toBeGreaterThanOrEqual(16);
    await chat.locator("[part=transcript]").evaluate((frame) => {
      frame.scrollBy(0, -40);
    });
    expect(await room()).toBeLessThan(0);
    await expect.poll(() => way.count()).toBe(1);
    await context.close();
  });
});

function distanceFromTop(element: ReturnType<Page["locator"]>): Promise<number> {
  return element.evaluate((question) => {
    const frame = question.closest("[part=transcript]");
    return Math.round(question.getBoundingClientRect().top - (frame?.getBoundingClientRect().top ?? 0));
  });
}
