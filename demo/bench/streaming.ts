/** The work of showing an answer while it streams: by the built widget, and in the naive way. */
import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import type { PretendProxy } from "../testing/pretend-proxy.ts";
import { longAnswer } from "./answers.ts";
import { measureWork, type Work } from "../testing/main-thread.ts";
import { showNaively } from "./naive.ts";

/** Some ten times as fast as agents write; the slower, the dearer the naive way. */
const pace = { characters: 4, pieces: 8, everyMs: 16 };

export async function streamedByUs(browser: Browser, proxy: PretendProxy, size: number): Promise<Work> {
  const { page, context } = await visit(browser);
  proxy.answer("go", { text: longAnswer(size), pace });
  await page.goto(proxy.address);
  const chat = chatOn(page);
  await chat.open();
  await chat.input.fill("go");
  await page.waitForTimeout(500);
  const work = await measureWork(browser, page, async () => {
    await page.keyboard.press("Enter");
    const written = Math.ceil(size / (pace.characters * pace.pieces)) * pace.everyMs;
    await page.waitForTimeout(written + 1000);
  });
  await chat.answered();
  await context.close();
  return work;
}

/** Its total is scaled up from the frames that were measured. */
export async function streamedNaively(browser: Browser, proxy: PretendProxy, size: number): Promise<Work> {
  const script = "text/javascript";
  proxy.put("/marked.js", readFileSync("node_modules/marked/lib/marked.umd.js", "utf8"), script);
  proxy.put("/purify.js", readFileSync("node_modules/dompurify/dist/purify.min.js", "utf8"), script);
  proxy.put(
    "/naive",
    `<!doctype html><html lang="en"><title>The naive way</title>
    <div style="width: 368px; height: 560px; overflow: auto"><div id="answer"></div></div>
    <script src="/marked.js"></script><script src="/purify.js"></script>`,
  );
  const { page, context } = await visit(browser);
  await page.goto(`${proxy.address}/naive`);
  let times = Number.NaN;
  const work = await measureWork(browser, page, async () => {
    times = await page.evaluate(showNaively, { text: longAnswer(size), ...pace, frames: 24 });
  });
  await context.close();
  return { ...work, total: work.total * times };
}
