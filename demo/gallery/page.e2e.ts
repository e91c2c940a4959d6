/** The gallery in a real browser: every state of the view is rendered, and breaks no rule of accessibility. */
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit, type Visit } from "../testing/browser.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { rulesBroken } from "../testing/rules.ts";

let browser: Browser;
let demo: TestDemo;
/** One visit for all tests: the gallery draws dozens of chats, which takes longer than most tests. */
let visited: Visit;
let page: Page;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo()]);
  visited = await visit(browser, { reducedMotion: "reduce" });
  ({ page } = visited);
  await page.goto(`${demo.address}/gallery`);
  await page.locator(".exhibit [part=answer] p").first().waitFor();
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** The long conversation, from its beginning. */
async function longAnswer() {
  const chat = page.locator(".exhibit", { has: page.getByText("A long answer", { exact: true }) });
  await chat.locator("[part=transcript]").evaluate((frame) => frame.scrollTo(0, 0));
  return chat;
}

describe("the gallery", () => {
  it("shows every state without an error in the console", async () => {
    expect(await page.locator(".exhibit").count()).toBeGreaterThan(25);
    expect(await page.locator(".exhibit [part=panel]").count()).toBe(await page.locator(".exhibit").count());
    expect(visited.complaints).toEqual([]);
  });

  it("breaks no rule of accessibility, in the colours of any owner", async () => {
    // The gallery has many chats side by side; a real page has one.
    expect(await rulesBroken(page, "#gallery", ["landmark-unique"])).toEqual([]);
  });

  it("has nothing that scrolls the panel sideways", async () => {
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll(".stage")].flatMap((stage) => {
        const transcript = stage.shadowRoot?.querySelector("[part=transcript]");
        return transcript && transcript.scrollWidth > transcript.clientWidth
          ? [stage.previousElementSibling?.textContent]
          : [];
      }),
    );
    expect(wide).toEqual([]);
  });
});

describe("reading", () => {
  it("shows the button to the latest while the end is out of view", async () => {
    const chat = await longAnswer();
    const way = chat.getByRole("button", { name: "Go to the latest" });
    await way.click();
    await expect.poll(() => way.count()).toBe(0);
    await chat.locator("[part=transcript]").evaluate((frame) => frame.scrollTo(0, 0));
    await expect.poll(() => way.count()).toBe(1);
  });
});

describe("a block wider than the panel", () => {
  it("can be scrolled away from its copy button, and is not cut off", async () => {
    const chat = await longAnswer();
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
  });
});

describe("the end of a conversation", () => {
  it("is clear of the composer's shadow after the jump to the latest, whose button is visible until then", async () => {
    const chat = await longAnswer();
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
  });
});

describe("asking", () => {
  // The last test, because it makes the conversation longer.
  it("a new question scrolls to the top and its answer streams below, without moving the text", async () => {
    const chat = await longAnswer();
    await chat.locator("[part=input]").fill("And one more?");
    await chat.locator("[part=input]").press("Enter");
    const question = chat.locator(".question").last();
    await expect.poll(async () => distanceFromTop(question)).toBeLessThan(40);
    const before = await distanceFromTop(question);
    await chat.locator("[part=answer] p").last().waitFor();
    await page.waitForTimeout(600);
    expect(await distanceFromTop(question)).toBe(before);
  });
});

function distanceFromTop(element: Locator): Promise<number> {
  return element.evaluate((question) => {
    const frame = question.closest("[part=transcript]");
    return Math.round(question.getBoundingClientRect().top - (frame?.getBoundingClientRect().top ?? 0));
  });
}
