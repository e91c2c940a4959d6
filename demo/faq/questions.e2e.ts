/** Questions in a real browser: drafts are kept, the last question can be edited, and a page is sent only visibly. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";

const question = "What does it cost?";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 50, everyMs: 0 } })]);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

async function openChat(path = "/faq") {
  const visited = await visit(browser, { reducedMotion: "reduce" });
  const { page } = visited;
  const bodies: Record<string, unknown>[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST") bodies.push(request.postDataJSON());
  });
  await page.goto(demo.address + path);
  const chat = chatOn(page);
  await chat.open();
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const focused = () =>
    page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("part") ?? "");
  return { ...visited, chat, bodies, button, focused };
}

const stored = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries([localStorage, sessionStorage].flatMap((each) => Object.entries(each))),
  );

describe("a draft", () => {
  it("is stored nowhere before the first question", async () => {
    const { chat, context, page } = await openChat();
    await chat.input.fill("half a thou");
    await chat.input.press("Space");
    expect(await stored(page)).toEqual({});
    await context.close();
  });

  it("is restored after a reload and on the next page, and removed once it is sent", async () => {
    const { chat, context, page } = await openChat();
    await chat.ask(question);
    await chat.answered();
    await chat.input.fill("And for a\nschool?");
    await expect.poll(async () => Object.values(await stored(page)).join()).toContain("And for a\\nschool?");
    await page.reload();
    await chat.open();
    await expect.poll(() => chat.input.inputValue()).toBe("And for a\nschool?");
    await page.goto(`${demo.address}/options`);
    await chat.open();
    await expect.poll(() => chat.input.inputValue()).toBe("And for a\nschool?");
    await chat.input.press("Enter");
    await chat.answered(2);
    await page.reload();
    await chat.open();
    await chat.answered(2);
    expect(await chat.input.inputValue()).toBe("");
    await context.close();
  });
});

describe("the last question", () => {
  it("is edited with the keyboard alone, and asked as a new one at the end", async () => {
    const { chat, context, page, focused, button } = await openChat();
    await chat.ask(question);
    await chat.answered();
    // A short answer may end before the file with these features has been loaded.
    await button("Edit question").waitFor({ state: "attached" });
    await chat.input.focus();
    await page.keyboard.press("ArrowUp");
    await page.getByText("You are editing an earlier question.").first().waitFor();
    await expect.poll(() => chat.input.inputValue()).toBe(question);
    await page.keyboard.press("Escape");
    await expect.poll(() => chat.input.inputValue()).toBe("");
    expect(await chat.panel.isVisible()).toBe(true);
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => chat.input.inputValue()).toBe(question);
    await page.keyboard.type(" For schools?");
    await page.keyboard.press("Enter");
    await chat.answered(2);
    expect(await chat.questions.first().innerText()).toContain(question);
    expect(await chat.questions.nth(1).innerText()).toContain(`${question} For schools?`);
    expect(await focused()).toBe("input");
    await page.keyboard.press("Escape");
    await chat.panel.waitFor({ state: "hidden" });
    await context.close();
  });

  it("can be edited on a touch screen", async () => {
    const { page, context } = await visit(browser, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(`${demo.address}/faq`);
    const chat = chatOn(page);
    await chat.open();
    await chat.ask(question);
    await chat.answered();
    const edit = page.getByRole("button", { name: "Edit question", exact: true });
    const box = await edit.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect(await edit.evaluate((each) => getComputedStyle(each.parentElement ?? each).opacity)).toBe("1");
    await edit.tap();
    await expect.poll(() => chat.input.inputValue()).toBe(question);
    await context.close();
  });
});

describe("an input method", () => {
  it("handles Enter and arrow up itself, and the question is sent with the next Enter", async () => {
    const { chat, context, page } = await openChat();
    const devtools = await context.newCDPSession(page);
    await chat.input.focus();
    await devtools.send("Input.imeSetComposition", {
      text: "りょうきん",
      selectionStart: 5,
      selectionEnd: 5,
    });
    await devtools.send("Input.dispatchKeyEvent", {
      type: "rawKeyDown",
      key: "Process",
      code: "Enter",
      windowsVirtualKeyCode: 229,
    });
    expect(await chat.questions.count()).toBe(0);
    await devtools.send("Input.insertText", { text: "料金は?" });
    expect(await chat.input.inputValue()).toBe("料金は?");
    await page.keyboard.press("Enter");
    await chat.questions.first().waitFor();
    expect(await chat.questions.first().innerText()).toContain("料金は?");
    await context.close();
  });
});

describe("asking about the page", () => {
  it("sends its title and bare URL only after the visitor chose that, for this page only", async () => {
    const { chat, context, page, bodies, button } = await openChat("/faq?customer=ann#for-owners");
    await chat.ask(question);
    await chat.answered();
    expect(bodies.at(-1)).not.toHaveProperty("page");
    await button("Ask about this page").click();
    await page.getByText("Using this page").first().waitFor();
    await chat.ask("And here?");
    await chat.answered(2);
    const title = await page.title();
    expect(bodies.at(-1)?.["page"]).toEqual({ title, url: `${demo.address}/faq` });
    await page.reload();
    await chat.open();
    await button("Ask without this page").waitFor();
    await chat.answered(2);
    const shown = page.locator(".question-page");
    await expect.poll(() => shown.allTextContents()).toEqual([`Using this page: ${title}`]);
    await page.goto(`${demo.address}/options`);
    await chat.open();
    await button("Ask about this page").waitFor();
    expect(await button("Ask without this page").count()).toBe(0);
    await context.close();
  });

  it("is on from the start if the owner chose that, and follows a site that changes its page by script", async () => {
    const { page, context, complaints } = await visit(browser);
    const bodies: Record<string, unknown>[] = [];
    page.on("request", (request) => {
      if (request.method() === "POST") bodies.push(request.postDataJSON());
    });
    await page.goto(`${demo.address}/faq`);
    await page.evaluate(() => {
      const set: unknown = Reflect.get(window, "CustomGPTWidget");
      if (typeof set === "function")
        set("set", { page: "on", starters: { "/faq": ["What is the faq?"], "/shop*": ["What is sold?"] } });
    });
    const chat = chatOn(page);
    await chat.open();
    await page.getByRole("button", { name: "Ask without this page" }).waitFor();
    await chat.starters.first().waitFor();
    expect(await chat.starters.allInnerTexts()).toEqual(["What is the faq?"]);
    await page.evaluate(() => {
      history.pushState(null, "", "/shop/shoes");
      document.title = "Shoes";
    });
    await expect.poll(() => chat.starters.allInnerTexts()).toEqual(["What is sold?"]);
    await chat.starters.first().click();
    await chat.answered();
    expect(bodies.at(-1)).toMatchObject({
      prompt: "What is sold?",
      page: { title: "Shoes", url: `${demo.address}/shop/shoes` },
    });
    expect(complaints).toEqual([]);
    await context.close();
  });
});
