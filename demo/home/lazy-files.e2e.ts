/** The chat's lazy files on bad networks: with any of them broken, a first question is kept, asked once and answered. */
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtStages } from "../../.commands/docs/stages.js";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn, type ChatPage } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { lazyFiles, lazyFileWith } from "../testing/lazy-files.ts";

/** With SPOILT=7 each file is spoilt in each way, two minutes; else in so many, another for each. */
const waysEach = Number(process.env["SPOILT"] ?? 1);

/** Number of concurrent visitors; more where they only wait. */
const together = 4;
const waitingTogether = 13;
const lazy = /\/assets\/(?!main-)/;
const question = "What does the proxy do?";
/** Its answer has emphasis and sources, but no code and no table. */
const plainQuestion = "Why must the API key never be in a web page?";
/** Its answer has code. */
const codeQuestion = question;

let browser: Browser;
let demo: TestDemo;
/** The lazy files that a first question needs, each once. */
let files: readonly string[];

beforeAll(async () => {
  [browser, demo] = await Promise.all([
    openBrowser(),
    startTestDemo({
      pace: { firstMs: 0, everyMs: 0 },
      environment: { VISITOR_LIMIT: "none", ADDRESS_LIMIT: "none", NEW_VISITOR_LIMIT: "none" },
    }),
  ]);
  files = await filesOfAQuestion();
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const type = "text/javascript";

/** Faults of a file. */
const spoilt = {
  nothing: (route: Route) => route.abort(),
  "an empty file": (route: Route) => route.fulfill({ contentType: type, body: "" }),
  "half a file": async (route: Route) => {
    const body = await (await route.fetch()).text();
    await route.fulfill({ contentType: type, body: body.slice(0, body.length / 2) });
  },
  "a file that throws": (route: Route) =>
    route.fulfill({ contentType: type, body: `throw new Error("spoilt");` }),
  "a page that says 404": (route: Route) =>
    route.fulfill({ status: 404, contentType: "text/html", body: "<p>" }),
  "a page that says 200": (route: Route) =>
    route.fulfill({ contentType: "text/html", body: "<p>Log in</p>" }),
  "a file of something else": (route: Route) =>
    route.fulfill({ contentType: type, body: "export const something = 1;" }),
} satisfies Record<string, (route: Route) => Promise<void>>;
type Spoilt = keyof typeof spoilt;
const kinds = Object.keys(spoilt).filter((kind): kind is Spoilt => kind in spoilt);
const kindAt = (index: number): Spoilt => kinds[index % kinds.length] ?? "nothing";

async function openPage() {
  const visited = await visit(browser, { reducedMotion: "reduce" });
  return { ...visited, chat: chatOn(visited.page) };
}

/** Lazy files that were requested before a first answer was shown with a source. */
async function filesOfAQuestion(asked = plainQuestion): Promise<readonly string[]> {
  const { page, context, chat } = await openPage();
  await page.goto(demo.address);
  await chat.open();
  await page.evaluate(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const watcher = new MutationObserver(() => {
      if (!root?.querySelector('[part~="citation"]')) return;
      Reflect.set(window, "answeredAt", performance.now());
      watcher.disconnect();
    });
    if (root) watcher.observe(root, { childList: true, subtree: true });
  });
  await chat.ask(asked);
  await chat.answered();
  await page.waitForFunction(() => "answeredAt" in window);
  // The browser lists a file once it has come.
  if (asked === codeQuestion) await chat.answer.getByRole("button", { name: "Copy code" }).first().waitFor();
  expect(await chat.answer.locator("p, li").count()).toBeGreaterThan(0);
  const fetched = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter(({ startTime }) => startTime < Number(Reflect.get(window, "answeredAt")))
      .map(({ name }) => name),
  );
  await context.close();
  return fetched.filter((address) => lazy.test(address)).map((address) => nameIn(address));
}

const nameIn = (address: string) => new URL(address).pathname.split("/").at(-1) ?? "";

async function inTurn<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const one = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** The question and the buttons that the visitor still sees. */
async function standsThere(page: Page) {
  return page.evaluate(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const asked = root?.querySelector('[part~="message"][data-from="visitor"]')?.textContent ?? "";
    const field = root?.querySelector("textarea")?.value ?? "";
    const buttons = [...(root?.querySelectorAll('[part~="notice"] button') ?? [])];
    const answers = [...(root?.querySelectorAll('[part~="answer"]') ?? [])];
    return {
      words: asked + field,
      ways: buttons.length,
      isAnswered:
        buttons.length === 0 &&
        answers.some((each) => each.getAttribute("aria-busy") !== "true" && each.textContent !== ""),
    };
  });
}

/** Presses buttons until the answer is shown. */
async function goOn(page: Page, chat: ChatPage): Promise<void> {
  for (;;) {
    await expect
      .poll(
        async () => {
          const { ways, isAnswered } = await standsThere(page);
          return ways > 0 || isAnswered;
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    const { words, isAnswered } = await standsThere(page);
    expect(words).toContain(question);
    if (isAnswered) return;
    await chat.notice
      .getByRole("button")
      .first()
      .click({ timeout: 5_000 })
      .catch(() => {});
  }
}

describe("a file that a first question needs", () => {
  it("that is broken once is fetched again from another URL, and the answer arrives without a retry button", async () => {
    expect(files.length).toBeGreaterThan(1);
    const before = demo.questionsSeen();
    const cases = files.flatMap((file, index) =>
      Array.from({ length: waysEach }, (_, way) => ({ file, kind: kindAt(3 * index + way) })),
    );
    await inTurn(cases, together, async ({ file, kind }) => {
      const { page, context, chat, requests, complaints } = await openPage();
      let times = 0;
      await context.route(lazy, (route) =>
        nameIn(route.request().url()) === file && times++ === 0 ? spoilt[kind](route) : route.continue(),
      );
      await page.goto(demo.address);
      await chat.open();
      await chat.ask(question);
      await expect
        .poll(async () => (await standsThere(page)).isAnswered, {
          message: `${file}: ${kind}`,
          timeout: 20_000,
        })
        .toBe(true);
      const asked = requests.filter((address) => nameIn(address) === file);
      expect(new Set(asked).size, `${file}: ${kind}: ${asked.join()}`).toBe(asked.length);
      expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
      await context.close();
    });
    expect(demo.questionsSeen() - before).toBe(cases.length);
  }, 300_000);

  it("that is never loaded keeps the question with a retry button, and the answer arrives once it can be loaded", async () => {
    const before = demo.questionsSeen();
    const cases = files.map((file, index) => ({ file, kind: kindAt(index) }));
    await inTurn(cases, waitingTogether, async ({ file, kind }) => {
      const { page, context, chat, complaints } = await openPage();
      let isHealed = false;
      await context.route(lazy, (route) =>
        nameIn(route.request().url()) === file && !isHealed ? spoilt[kind](route) : route.continue(),
      );
      await page.goto(demo.address);
      await chat.open();
      await chat.ask(question);
      await expect
        .poll(
          async () => {
            const { ways, isAnswered } = await standsThere(page);
            return ways > 0 || isAnswered;
          },
          { message: `${file}: ${kind}`, timeout: 40_000 },
        )
        .toBe(true);
      expect(await chat.input.isVisible(), `${file}: ${kind}`).toBe(true);
      expect((await standsThere(page)).words).toContain(question);
      isHealed = true;
      await goOn(page, chat);
      expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
      expect(complaints.length, complaints.join("\n")).toBeLessThan(60);
      await context.close();
    });
    expect(demo.questionsSeen() - before).toBe(cases.length);
  }, 300_000);

  it("that renders the conversation and is never loaded leaves the answer as plain text", async () => {
    const { page, context, chat } = await openPage();
    const drawing = lazyFiles().find((file) => file.exports.includes("TurnList"))?.name;
    await context.route(lazy, (route) =>
      nameIn(route.request().url()) === drawing ? route.abort() : route.continue(),
    );
    await page.goto(demo.address);
    await chat.open();
    await chat.ask(question);
    expect(await chat.answered()).not.toBe("");
    await chat.notice.getByRole("button").waitFor({ timeout: 20_000 });
    await context.close();
  });
});

describe("a source of this site", () => {
  it("opens its page when the file for passages is never loaded", async () => {
    const { page, context, chat } = await openPage();
    await context.route(lazyFileWith("citedPassage"), (route) => route.abort());
    await page.goto(demo.address);
    await chat.open();
    await chat.ask(question);
    await chat.answered();
    const link = chat.citations.and(page.locator(`a[href^="${demo.address}"]:not([href$="/"])`)).first();
    const href = await link.getAttribute("href");
    await link.click();
    await expect.poll(() => page.url().split("#")[0]).toBe(href);
    await context.close();
  });
});

describe("before any lazy file is loaded", () => {
  it("a question is in the transcript in the frame after Enter, with the waiting text", async () => {
    const { page, context, chat } = await openPage();
    await context.route(lazy, () => {});
    await page.goto(demo.address);
    await chat.open();
    await chat.input.fill(question);
    await page.evaluate(() => {
      const root = document.querySelector("customgpt-widget")?.shadowRoot;
      Reflect.set(window, "seen", []);
      root?.addEventListener("keydown", () =>
        requestAnimationFrame(() => {
          const transcript = root.querySelector('[part~="transcript"]');
          Reflect.get(window, "seen").push(transcript?.textContent);
        }),
      );
    });
    await chat.input.press("Enter");
    const seen: unknown = await page
      .waitForFunction(() => Reflect.get(window, "seen")[0])
      .then((each) => each.jsonValue());
    expect(seen).toContain(question);
    expect(seen).toContain("Looking through the guide");
    expect(await chat.input.inputValue()).toBe("");
    await context.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  });

  it("all files for a first question are requested in parallel, once the panel is open", async () => {
    const { page, context, chat, requests } = await openPage();
    const fetched = () => requests.filter((address) => files.includes(nameIn(address))).length;
    let letCome = () => {};
    const mayCome = new Promise<void>((resolve) => (letCome = resolve));
    await context.route(lazy, async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.goto(demo.address);
    await chat.launcher.waitFor({ state: "visible" });
    expect(fetched()).toBe(0);
    await chat.open();
    // None was loaded, so none was requested by another.
    await expect.poll(fetched).toBe(files.length);
    letCome();
    await chat.ask(question);
    await chat.answered();
    expect(fetched()).toBe(files.length);
    await context.close();
  });

  it("a first answer with markdown and a source requests the files that the byte budget counts, each once", () => {
    expect(files.toSorted()).toEqual(builtStages(process.cwd()).answerFiles.toSorted());
  });

  it("an answer with code also requests its tools, and the button that they share with the answer's actions", async () => {
    const afterwards = lazyFileWith("AnswerActions");
    const more = (await filesOfAQuestion(codeQuestion)).filter(
      (name) => !files.includes(name) && !afterwards.test(`/assets/${name}`),
    );
    expect(more).toHaveLength(2);
    expect(more.some((name) => lazyFileWith("watchWidth").test(`/assets/${name}`))).toBe(true);
  });

  it("no file is requested before the first key in data-saving mode", async () => {
    const { page, context, chat, requests } = await openPage();
    await context.addInitScript(() => {
      Object.defineProperty(navigator, "connection", { value: { saveData: true } });
    });
    const fetched = () => requests.filter((address) => lazy.test(address)).length;
    await page.goto(demo.address);
    await chat.launcher.focus();
    await page.keyboard.press("Enter");
    await chat.input.waitFor({ state: "visible" });
    // As long as another visitor needs to load all of them.
    await filesOfAQuestion();
    expect(fetched()).toBe(0);
    await page.keyboard.type("W");
    await expect.poll(fetched).toBe(files.length);
    await context.close();
  });
});
