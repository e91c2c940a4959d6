/** Everyday problems: shown with a message, fixed with one button, and never asked twice. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../proxy/servers/node/create-log.ts";
import { readWidgetFiles } from "../../proxy/servers/node/read-widget-files.ts";
import { readSettings } from "../../proxy/settings/read-settings.ts";
import { startStandin } from "../../proxy/servers/standin/start-standin.ts";
import type { FaultName } from "../../proxy/standin/standin.ts";
import { startDemo } from "../start-demo.ts";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { stretchWire } from "../testing/wire.ts";

const question = "Which attributes does the script tag have?";

let browser: Browser;
let demo: TestDemo;

beforeAll(async () => {
  [browser, demo] = await Promise.all([openBrowser(), startTestDemo({ pace: { firstMs: 300, everyMs: 0 } })]);
});
beforeEach(() => {
  demo.faultsOff();
  demo.pace.everyMs = 0;
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** Slower, for tests of what happens during an answer: each word drawn takes the machine some time. */
const streamsSlowly = () => void (demo.pace.everyMs = 8);

async function openChat(address = demo.address) {
  const visited = await visit(browser, { reducedMotion: "reduce" });
  await visited.page.goto(`${address}/faq`);
  const chat = chatOn(visited.page);
  await chat.open();
  const actionButton = visited.page.locator('customgpt-widget [part~="notice"] button');
  return { ...visited, chat, actionButton, ...watchers(visited.page) };
}

type Page = Awaited<ReturnType<typeof visit>>["page"];

function watchers(page: Page) {
  const grown = (length: number) =>
    page.waitForFunction(
      (least) =>
        ([
          ...(document.querySelector("customgpt-widget")?.shadowRoot?.querySelectorAll('[part~="answer"]') ??
            []),
        ].at(-1)?.textContent?.length ?? 0) > least,
      length,
    );
  return { grown };
}

describe("a problem", () => {
  it.each<[FaultName, keeps: "nothing" | "the first half"]>([
    ["unauthorized", "nothing"],
    ["out-of-credits", "nothing"],
    ["throttled", "nothing"],
    ["stream-error-message", "the first half"],
    ["empty-answer", "nothing"],
  ])("such as %s has a message, keeps %s, and is over after a retry", async (fault, keeps) => {
    const { chat, actionButton, context } = await openChat();
    demo.fault(fault);
    await chat.ask(question);
    await chat.notice.waitFor();
    expect(await chat.notice.innerText()).not.toMatch(/\d{3}|upstream|error|undefined|null|token|gateway/i);
    expect((await chat.answer.innerText()).length > 20).toBe(keeps === "the first half");
    expect(await actionButton.count()).toBe(1);
    expect(await chat.send.isVisible()).toBe(true);

    demo.faultsOff();
    const before = demo.questionsSeen();
    await expect.poll(() => actionButton.getAttribute("aria-disabled"), { timeout: 5_000 }).toBe("false");
    await actionButton.click();
    await actionButton.waitFor({ state: "detached" });
    expect((await chat.answered()).length).toBeGreaterThan(100);
    expect(await chat.questions.count()).toBe(1);
    expect(await chat.notice.count()).toBe(0);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });
});

/** Types, so that the files of a conversation are loaded. */
async function typed(chat: ReturnType<typeof chatOn>, page: Page) {
  await chat.input.fill("W");
  await page.getByRole("button", { name: "Ask about this page" }).waitFor();
  await page.waitForLoadState("networkidle");
}

describe("without a network", () => {
  it.each(["before anything was typed", "later"])(
    "lost %s, the question waits in view and is asked once, by itself, when it is back",
    async (when) => {
      const { chat, context, page } = await openChat();
      const before = demo.questionsSeen();
      if (when === "later") await typed(chat, page);
      await context.setOffline(true);
      await chat.ask(question);
      await chat.notice.waitFor();
      await context.setOffline(false);
      expect((await chat.answered()).length).toBeGreaterThan(100);
      expect(await chat.notice.count()).toBe(0);
      expect(await chat.questions.count()).toBe(1);
      expect(demo.questionsSeen() - before).toBe(1);
      await context.close();
    },
  );

  it("a waiting question can be withdrawn into the field, with the keyboard, and is then never sent", async () => {
    const { chat, actionButton, context, page } = await openChat();
    const before = demo.questionsSeen();
    await typed(chat, page);
    await context.setOffline(true);
    await chat.ask(question);
    await actionButton.waitFor();
    expect(await chat.notice.innerText()).toContain("offline");
    await actionButton.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => chat.input.inputValue()).toBe(question);
    expect(await chat.questions.count()).toBe(0);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    await context.setOffline(false);
    await chat.ask("Is it accessible?");
    await chat.answered();
    expect(await chat.questions.count()).toBe(1);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });

  it("a waiting question goes on waiting on the visitor's next page, which sends it once", async () => {
    const { chat, actionButton, context, page } = await openChat();
    const before = demo.questionsSeen();
    await typed(chat, page);
    await context.setOffline(true);
    await chat.ask(question);
    await actionButton.waitFor();
    await page.goto("about:blank");
    await context.setOffline(false);
    // The next page is loaded, as from a cache, but nothing else.
    await context.route("**/v1/**", (route) => route.abort());
    await context.addInitScript(() => {
      let online = false;
      Object.defineProperty(navigator, "onLine", { get: () => online });
      addEventListener("online", () => (online = true), { capture: true });
    });
    await page.goto(`${demo.address}/faq`);
    await chat.open();
    await actionButton.waitFor();
    expect(await chat.notice.innerText()).toContain("offline");
    expect(await chat.questions.innerText()).toContain(question);
    await context.unroute("**/v1/**");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    expect((await chat.answered()).length).toBeGreaterThan(100);
    expect(await chat.questions.count()).toBe(1);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });

  it("a question that waits in two tabs, and is withdrawn in one, is sent by neither", async () => {
    const { chat, actionButton, context } = await openChat();
    const before = demo.questionsSeen();
    await chat.ask("Is it accessible?");
    await chat.answered();
    const other = await context.newPage();
    await other.goto(`${demo.address}/faq`);
    const second = chatOn(other);
    await second.open();
    await second.answered();
    await other.waitForLoadState("networkidle");
    await context.setOffline(true);
    await chat.ask(question);
    await actionButton.waitFor();
    await second.notice.waitFor();
    await actionButton.click();
    await expect.poll(() => second.questions.count()).toBe(1);
    expect(await chat.questions.count()).toBe(1);
    await context.setOffline(false);
    await second.ask("And on a phone?");
    await second.answered(2);
    await expect.poll(() => chat.questions.count()).toBe(2);
    expect(demo.questionsSeen() - before).toBe(2);
    await context.close();
  });

  it("a streaming answer is completed when the network is back, and was asked once", async () => {
    streamsSlowly();
    const wire = await stretchWire(() => demo.address);
    const { chat, context, grown, page } = await openChat(wire.address);
    const before = demo.questionsSeen();
    await chat.ask(question);
    await grown(40);
    await context.setOffline(true);
    wire.down(true);
    await page.getByText("Reconnecting").waitFor();
    expect((await chat.answer.innerText()).length).toBeGreaterThan(40);
    wire.down(false);
    await context.setOffline(false);
    expect((await chat.answered()).length).toBeGreaterThan(700);
    expect(await chat.notice.count()).toBe(0);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
    await wire.close();
  });
});

it("a proxy that restarts during an answer still delivers it, from the stored messages", async () => {
  const standin = await startStandin(0, { firstMs: 100, everyMs: 15 });
  const project = await agentOf(standin.base, standin.key);
  const first = await proxyBefore(standin.base, standin.key, project, "0");
  const wire = await stretchWire(() => first.url);
  const { chat, context, grown } = await openChat(wire.address);
  await chat.ask(question);
  await grown(10);
  // It crashes without closing its connections.
  wire.down(true);
  await first.close(0);
  const second = await proxyBefore(standin.base, standin.key, project, String(first.port));
  wire.down(false);
  expect((await chat.answered()).length).toBeGreaterThan(700);
  const sent = standin.standin.seen.requests.filter(
    ({ method, path }) => method === "POST" && path.endsWith("/messages"),
  );
  expect(sent).toHaveLength(1);
  expect(await chat.notice.count()).toBe(0);
  await context.close();
  await wire.close();
  await second.close(0);
  await standin.close();
});

/** An agent that has read the pages of the demo, made as an owner makes one. */
async function agentOf(base: URL, key: string): Promise<string> {
  const call = async (path: string, body?: object) => {
    const response = await fetch(`${base.href}/${path}`, {
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    const { data }: { data: { id: number; is_chat_active: boolean } } = await response.json();
    return data;
  };
  const { id } = await call("projects", {
    project_name: "Guide",
    sitemap_path: `${demo.address}/sitemap.xml`,
  });
  await expect
    .poll(async () => (await call(`projects/${id}`)).is_chat_active, { timeout: 10_000 })
    .toBeTruthy();
  return String(id);
}

async function proxyBefore(base: URL, key: string, project: string, port: string) {
  const read = readSettings(
    {
      PORT: port,
      LOG_LEVEL: "silent",
      CUSTOMGPT_API_KEY: key,
      CUSTOMGPT_PROJECT_ID: project,
      CUSTOMGPT_BASE_URL: base.href,
      PROXY_SECRET: "the same before and after, and long enough",
    },
    () => "",
  );
  if ("errors" in read) throw new Error(read.errors.join("\n"));
  const files = readWidgetFiles("dist/widget");
  return startDemo({ settings: read.settings, files, scripts: new Map(), log: createLog("silent") });
}

describe("a reload", () => {
  it.each(["right after sending", "while the first word is awaited"])(
    "%s finds the answer, asked for once",
    async (when) => {
      const { chat, context, page } = await openChat();
      const before = demo.questionsSeen();
      await chat.ask(question);
      const expected = before + (when === "right after sending" ? 0 : 1);
      await expect.poll(() => demo.questionsSeen()).toBeGreaterThanOrEqual(expected);
      await page.reload();
      await chat.open();
      expect((await chat.answered()).length).toBeGreaterThan(100);
      expect(await chat.questions.count()).toBe(1);
      expect(demo.questionsSeen() - before).toBe(1);
      await context.close();
    },
  );
});

describe("asking", () => {
  it("two quick presses of Enter ask once", async () => {
    const { chat, context, page } = await openChat();
    const before = demo.questionsSeen();
    await chat.input.fill(question);
    await chat.input.focus();
    await Promise.all([page.keyboard.press("Enter"), page.keyboard.press("Enter")]);
    await chat.answered();
    expect(await chat.questions.count()).toBe(1);
    expect(demo.questionsSeen() - before).toBe(1);
    await context.close();
  });

  it("a question over the limit stays in the field, with the number of characters too many", async () => {
    const { chat, context, page } = await openChat();
    const pasted = "🙂 word ".repeat(1_500);
    await chat.input.fill(pasted);
    await page.getByText("characters too many").first().waitFor();
    await chat.input.press("Enter");
    await page.waitForTimeout(100);
    expect(await chat.questions.count()).toBe(0);
    expect(await chat.input.inputValue()).toBe(pasted);
    const [field, panel] = [await chat.input.boundingBox(), await chat.panel.boundingBox()];
    expect((field?.height ?? 0) / (panel?.height ?? 1)).toBeLessThan(0.4);
    await context.close();
  });

  it("text typed during an answer stays in the field, and can be asked afterwards", async () => {
    streamsSlowly();
    const { chat, context, grown } = await openChat();
    await chat.ask(question);
    await grown(20);
    await chat.input.fill("Is it accessible? 👩‍🦽");
    await chat.input.press("Enter");
    await chat.answered();
    expect(await chat.input.inputValue()).toBe("Is it accessible? 👩‍🦽");
    await chat.input.press("Enter");
    await chat.questions.nth(1).waitFor();
    expect(await chat.questions.nth(1).innerText()).toContain("👩‍🦽");
    await chat.answered(2);
    await context.close();
  });

  it("after a stop before the first text, the next question is answered", async () => {
    const { chat, context } = await openChat();
    await chat.ask(question);
    await chat.stop.click();
    await chat.notice.waitFor();
    expect(await chat.notice.innerText()).toContain("stopped");
    await chat.ask("Is it accessible?");
    expect((await chat.answered(2)).length).toBeGreaterThan(20);
    await expect.poll(() => demo.streamsOpen()).toBe(0);
    await context.close();
  });

  it("starting over during an answer starts an empty conversation, and the answer is complete in the earlier one", async () => {
    streamsSlowly();
    const { chat, context, grown, page } = await openChat();
    const choose = async (command: string) => {
      await page.getByRole("button", { name: "More options" }).click();
      await page.getByRole("menuitem", { name: command }).click();
    };
    await chat.ask(question);
    await grown(20);
    await choose("Start over");
    await chat.starters.first().waitFor();
    await chat.ask("Is it accessible?");
    expect((await chat.answered()).length).toBeGreaterThan(20);
    expect(await chat.questions.count()).toBe(1);
    await choose("Earlier conversations");
    await page
      .locator("customgpt-widget .history-list")
      .getByRole("button", { name: question })
      .first()
      .click();
    expect((await chat.answered()).length).toBeGreaterThan(700);
    await context.close();
  });
});

describe("an answer", () => {
  it("keeps the last of two ratings over a reload", async () => {
    const { chat, context, page } = await openChat();
    const thumb = (name: string) => page.getByRole("button", { name, exact: true });
    await chat.ask(question);
    await chat.answered();
    let saved = 0;
    page.on("requestfinished", (request) => (saved += Number(request.method() === "PUT")));
    await thumb("Good answer").click();
    await thumb("Bad answer").click();
    expect(await thumb("Good answer").getAttribute("aria-pressed")).toBe("false");
    await expect.poll(() => saved, { timeout: 5_000 }).toBe(2);
    await page.reload();
    await chat.open();
    await chat.answered();
    expect(await thumb("Bad answer").getAttribute("aria-pressed")).toBe("true");
    await context.close();
  });

  it("shows a source without a URL as text", async () => {
    const { chat, context } = await openChat();
    demo.fault("citation-javascript-url");
    await chat.ask("How do I run the proxy on a server?");
    await chat.answered();
    await chat.citations.first().waitFor();
    expect(await chat.citations.first().evaluate((card) => card.matches("a, :has(a)"))).toBe(false);
    await context.close();
  });
});
