/** Reading a streaming answer in a real browser: selections are kept, the text does not move, code is coloured. */
import type { Browser, Page } from "playwright-core";
import { devices } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { lazyFileWith } from "../testing/lazy-files.ts";
import { openPretendProxy, type PretendProxy } from "../testing/pretend-proxy.ts";

/** The file that colours code. */
const colors = lazyFileWith("colorCode");

let browser: Browser;
let proxy: PretendProxy;

beforeAll(async () => {
  [browser, proxy] = await Promise.all([openBrowser(), openPretendProxy()]);
});
afterAll(async () => {
  await browser.close();
  await proxy.close();
});

const pace = { characters: 4, pieces: 8, everyMs: 16 };
const paragraphs = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `Paragraph ${at} says **something** of its own, at [some length](https://a.example).`,
  );

async function asking(text: string, options: Parameters<typeof visit>[1] = {}, path = "/") {
  const visited = await visit(browser, { reducedMotion: "reduce", ...options });
  await visited.page.goto(proxy.address + path);
  const chat = chatOn(visited.page);
  await chat.open();
  proxy.answer("Tell me.", { text, pace });
  await chat.ask("Tell me.");
  return { ...visited, chat };
}

const selected = (page: Page) => page.evaluate(() => String(getSelection()));

describe("a selection", () => {
  it.each([
    ["a finished paragraph", "Words to keep, in a paragraph.\n\n", "p"],
    ["a list that goes on", "- Words to keep, in an item\n- another\n", "li p"],
    ["a table that goes on", "| Words to keep, in a head |\n|---|\n| cell |\n", "th"],
    ["code that goes on", "```js\nWords(to.keep, in, code);\n", "pre span"],
  ])("in %s is kept while the answer streams and ends", async (_, beginning, selector) => {
    const more = beginning.startsWith("-")
      ? "- more\n"
      : beginning.startsWith("|")
        ? "| more |\n"
        : "more();\n";
    const goOn = proxy.holdAfter(200);
    const { page, context, chat } = await asking(`${beginning}${more.repeat(120)}\n\nThe end.`);
    const place = chat.answer.locator(selector).first();
    await expect.poll(() => place.textContent()).toMatch(/Words.*(item|head|paragraph|code)/);
    await place.evaluate((element) => {
      const text = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      if (text) getSelection()?.setBaseAndExtent(text, 2, text, 12);
    });
    const before = await selected(page);
    expect(before).toHaveLength(10);
    expect(await chat.answer.getAttribute("aria-busy")).toBe("true");
    goOn();
    await chat.answered();
    expect(await selected(page)).toBe(before);
    await context.close();
  });
});

describe("the reader's position", () => {
  it.each([
    ["on a desk", {}, "/"],
    ["on a phone", devices["iPhone 13"], "/"],
    ["on a phone, right to left", devices["iPhone 13"], "/arabic"],
  ] as const)(
    "%s: the question stands near the top and nothing moves it until the reader does",
    async (_, device, path) => {
      proxy.put(
        "/arabic",
        `<!doctype html><html lang="ar" dir="rtl"><meta name="viewport" content="width=device-width"><title>صفحة</title>
      <body><script src="/widget.js" data-language="ar" async></script>`,
      );
      const { context, chat, page: tab } = await asking(paragraphs(40).join("\n\n"), device, path);
      const question = chat.questions.last().locator("p");
      const top = () =>
        question.evaluate((element) => {
          const frame = element.closest("[part=transcript]");
          return Math.round(element.getBoundingClientRect().top - (frame?.getBoundingClientRect().top ?? 0));
        });
      await expect.poll(top).toBeLessThan(40);
      await chat.answer.locator("p").nth(25).waitFor();
      expect(await top()).toBeLessThan(40);
      const latest = tab.locator("customgpt-widget .latest button");
      await latest.waitFor();
      await latest.click();
      await expect.poll(top).toBeLessThan(-200);
      await chat.answered();
      await expect.poll(() => latest.count()).toBe(0);
      await context.close();
    },
  );
});

describe("the words of an answer", () => {
  it("are copied from a selection as they look, also from code that is rendered in pieces", async () => {
    const code = Array.from({ length: 300 }, (_, line) => `line ${line};`).join("\n");
    const { page, context, chat } = await asking(
      `One [link](https://a.example) here.\n\n\`\`\`\n${code}\n\`\`\`\n\nThe end.`,
      { permissions: ["clipboard-read", "clipboard-write"] },
    );
    await chat.answered();
    const copied = async (selector: string) => {
      await chat.answer.locator(selector).evaluate((element) => getSelection()?.selectAllChildren(element));
      await page.keyboard.press("Control+C");
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect((await copied("p >> nth=0")).trim()).toBe("One link here.");
    expect((await copied("code")).trim()).toBe(code);
    await context.close();
  });

  it("break in a table's cells, which scroll only where words are too wide", async () => {
    const words = "A sentence that is long enough to need some lines in a cell. ".repeat(3);
    const { context, chat } = await asking(
      `| What | Why |\n|---|---|\n| ${words} | ${words} |\n\n| Wide |\n|---|\n| ${"w".repeat(120)} |`,
    );
    await chat.answered();
    const scrolls = await chat.answer
      .locator(".table")
      .evaluateAll((tables) => tables.map((table) => table.scrollWidth > table.clientWidth));
    expect(scrolls).toEqual([false, true]);
    await context.close();
  });

  it("stand further apart in a list with blank lines, within its items as well", async () => {
    const { context, chat } = await asking("- one\n\n  more of it\n\n- two\n\nWords.\n\n1. one\n2. two");
    await chat.answered();
    const gaps = await chat.answer.evaluate((answer) =>
      [...answer.querySelectorAll("li > p + p, li + li")].map(
        (each) => getComputedStyle(each).marginBlockStart,
      ),
    );
    expect(gaps).toEqual(["12px", "12px", "4px"]);
    await context.close();
  });
});

/** Records in the page, in each frame, by how much the newest answer's height has shrunk. */
const watchHeight = (page: Page) =>
  page.evaluate(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    let before = 0;
    Reflect.set(window, "shrunk", 0);
    const look = () => {
      const now = root?.querySelector("[part=answer]")?.getBoundingClientRect().height ?? 0;
      Reflect.set(window, "shrunk", Math.max(Reflect.get(window, "shrunk"), before - now));
      before = now;
      requestAnimationFrame(look);
    };
    look();
  });

it("a streaming answer never becomes shorter, also when blocks are finished out of view", async () => {
  const long = Array.from({ length: 60 }, (_, at) => `Paragraph ${at}. `.repeat(20)).join("\n\n");
  const { page, context, chat } = await asking(long);
  await watchHeight(page);
  await chat.answered();
  expect(await chat.answer.locator(".blocks").count()).toBe(4);
  // An incomplete word may move to the next line.
  expect(await page.evaluate<number>("window.shrunk")).toBeLessThan(100);
  await context.close();
});

/** Number of tokens with the colour of a keyword, name, string, number and comment. */
const colored = (page: Page) =>
  page.evaluate(() =>
    ["keyword", "name", "string", "number", "comment"].map(
      (kind) => CSS.highlights.get(`customgpt-${kind}`)?.size ?? 0,
    ),
  );

describe("an answer in two scripts", () => {
  it("has a direction for each block, and keeps items and cells aligned", async () => {
    const { context, chat } = await asking(
      "Hello there.\n\nاستخدم `npx a-b`!\n\n1. English item\n2. بند عربي.\n\n| Name | الاسم |\n|---|---|\n| a | نعم! |\n| long words | no |\n\n> اقتباس",
    );
    await chat.answered();
    const found = await chat.answer.evaluate((answer) =>
      [...answer.querySelectorAll("p, td")].map((each) => {
        const words = each.ownerDocument.createRange();
        words.selectNodeContents(each);
        const [inner, outer] = [words.getBoundingClientRect(), each.getBoundingClientRect()];
        const side = inner.left - outer.left < outer.right - inner.right ? "left" : "right";
        return `${each.localName} ${getComputedStyle(each).direction} ${side}`;
      }),
    );
    expect(found).toEqual([
      "p ltr left",
      "p rtl right",
      "p ltr left",
      "p rtl left",
      "td ltr left",
      "td rtl left",
      "td ltr left",
      "td ltr left",
      "p rtl right",
    ]);
    await context.close();
  });
});

describe("code", () => {
  it("is plain in browsers that cannot colour it", async () => {
    const visited = await visit(browser);
    await visited.page.addInitScript(() => Reflect.deleteProperty(CSS, "highlights"));
    await visited.page.goto(proxy.address);
    const chat = chatOn(visited.page);
    await chat.open();
    proxy.answer("Code?", { text: "```js\nconst a = 1;\n```" });
    await chat.ask("Code?");
    await chat.answered();
    expect(await visited.page.evaluate(() => "highlights" in CSS)).toBe(false);
    expect(await chat.answer.locator("code").innerText()).toBe("const a = 1;\n");
    expect(visited.complaints).toEqual([]);
    await visited.context.close();
  });

  it("is coloured once it is finished, without a layout shift and without further elements", async () => {
    const code = '```js\nconst answer = await ask("why", 42); // because\n```';
    const { page, context, chat, requests, complaints } = await asking(
      `Before.\n\n${code}\n\n${paragraphs(4).join("\n\n")}`,
    );
    const fetched = () => requests.filter((address) => colors.test(address)).length;
    await chat.answer.locator("pre").waitFor();
    const shape = () =>
      chat.answer.locator("pre").evaluate((pre) => `${pre.clientHeight} ${pre.querySelectorAll("*").length}`);
    const sizes = () => colored(page);
    const before = await shape();
    await expect.poll(sizes).toEqual([2, 1, 1, 1, 1]);
    await chat.answered();
    expect(await sizes()).toEqual([2, 1, 1, 1, 1]);
    expect(await shape()).toBe(before);
    expect(fetched()).toBe(1);
    const color = await chat.answer
      .locator("pre code span")
      .evaluate((each) => [
        getComputedStyle(each, "::highlight(customgpt-keyword)").color,
        getComputedStyle(each).color,
      ]);
    expect(color[0]).not.toBe(color[1]);
    await page.emulateMedia({ forcedColors: "active" });
    await expect.poll(sizes).toEqual([0, 0, 0, 0, 0]);
    await page.emulateMedia({ forcedColors: "none" });
    await expect.poll(sizes).toEqual([2, 1, 1, 1, 1]);
    await page.evaluate("CustomGPTWidget('startOver')");
    await expect.poll(sizes).toEqual([0, 0, 0, 0, 0]);
    expect(await page.evaluate(() => [...CSS.highlights.keys()])).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("is coloured only near the viewport, in any amount", async () => {
    const code = "```js\nconst a = 1;\n```";
    const { page, context, chat } = await asking([code, ...paragraphs(40), code].join("\n\n"));
    await chat.answered();
    const keywords = async () => (await colored(page))[0];
    await expect.poll(keywords).toBe(1);
    await page.locator("customgpt-widget .latest button").click();
    const last = chat.answer.locator("pre code").last();
    await expect.poll(() => last.isVisible()).toBe(true);
    await expect.poll(keywords).toBe(1);
    await context.close();
  });

  it("in an unknown language is plain, without a request", async () => {
    const { context, chat, requests } = await asking(
      "```\nplain\n```\n\n```brainfuck\n+++\n```\n\nNo code `here`.",
    );
    await chat.answered();
    expect(requests.filter((address) => colors.test(address))).toEqual([]);
    await context.close();
  });
});
