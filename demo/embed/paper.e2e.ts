/** Copying and printing a whole conversation on a page with the strictest policy, which does not change. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";
import { stubAnswer } from "../testing/stub-answer.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(async () => {
  await here.close();
});

/** Replaces the browser's printing, and stores the printed document. */
function keepPrinted(): void {
  window.print = () => {
    Reflect.set(window.top ?? window, "printed", {
      inFrame: window !== window.top,
      title: document.title,
      direction: getComputedStyle(document.documentElement).direction,
      text: document.body.innerText,
      sources: document.querySelectorAll("ol > li[value]").length,
      color: getComputedStyle(document.querySelector("h1") ?? document.body).fontSize,
    });
    window.dispatchEvent(new Event("afterprint"));
  };
}

/** Polled from outside, because this policy forbids evaluating a condition inside the page. */
const isPrinted = async (page: Page) => {
  await expect.poll(() => page.evaluate("'printed' in window"), { timeout: 30_000 }).toBe(true);
};

async function talk(attributes = "async") {
  const policy = `default-src 'none'; script-src ${here.demo.address}; connect-src ${here.demo.address}; img-src ${here.demo.address}; require-trusted-types-for 'script'`;
  const stay = await here.enter(
    `<!doctype html><html lang="en"><head><title>Own page</title></head><body><p>Own words</p>${here.tag(attributes)}`,
    {
      headers: { "content-security-policy": policy },
      profile: { permissions: ["clipboard-read", "clipboard-write"] },
    },
  );
  const { page, chat } = stay;
  await page.addInitScript(keepPrinted);
  await page.reload();
  await chat.open();
  await chat.ask("What does the proxy do?");
  await chat.answered();
  const command = async (at: number) => {
    await page.locator("customgpt-widget [aria-haspopup=menu]").click();
    await page.locator("customgpt-widget [role=menuitem]").nth(at).click();
  };
  return { ...stay, command };
}

it("prints a separate document, with numbered sources, and removes it again", async () => {
  const { page, context, complaints, requests, command } = await talk();
  const before = requests.length;
  await command(2);
  await isPrinted(page);
  const printed = await page.evaluate<Record<string, string | number | boolean>>("window.printed");
  expect(printed).toMatchObject({ inFrame: true, direction: "ltr", color: "22px" });
  expect(printed["title"]).toMatch(/^Conversation with ./);
  expect(printed["text"]).toContain("What does the proxy do?");
  expect(printed["text"]).toMatch(/https?:\/\//);
  expect(printed["text"]).not.toContain("Own words");
  expect(printed["sources"]).toBeGreaterThan(0);
  await expect.poll(() => page.locator("customgpt-widget iframe").count()).toBe(0);
  expect(await page.title()).toBe("Own page");
  // Only the file for printing.
  expect(requests.slice(before).filter((address) => !address.includes("/assets/"))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

it("prints a long answer to its end, with its footnotes", async () => {
  const stay = await here.enter(
    `<!doctype html><html lang="en"><title>Own page</title><body>${here.tag("async")}`,
  );
  const { page, chat, context } = stay;
  await page.addInitScript(keepPrinted);
  const long = "Some words of a long answer[^1]. ".repeat(600);
  await stubAnswer(context, {
    answer: `${long}\n\nThe end.\n\n[^1]: Noted.`,
    citations: [],
  });
  await page.reload();
  await chat.open();
  await chat.ask("Tell me all.");
  await chat.answered();
  await page.locator("customgpt-widget [aria-haspopup=menu]").click();
  await page.locator("customgpt-widget [role=menuitem]").nth(2).click();
  await isPrinted(page);
  expect(await page.evaluate("window.printed.text")).toMatch(/The end\.\s+1\s+Noted\./);
  await context.close();
});

it("prints from right to left for such a language", async () => {
  const { page, context, command } = await talk('async data-language="ar"');
  await command(2);
  await isPrinted(page);
  expect(await page.evaluate("window.printed.direction")).toBe("rtl");
  await context.close();
});

it("copies the whole conversation without a request", async () => {
  const { page, context, requests, command } = await talk();
  const before = requests.length;
  await command(1);
  await page.getByText("Copied", { exact: true }).first().waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/^# Conversation with /);
  expect(copied).toContain("**You asked:** What does the proxy do?");
  expect(copied).toMatch(/\n1\. .+: https?:\/\//);
  expect(requests.slice(before)).toEqual([]);
  await context.close();
});
