/** Disruptions in any order while an answer is being written: it becomes complete, and was asked once. */
import { sample } from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endure, type Scene, type Sequence, sequences } from "../testing/disruptions.ts";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { startRestartableDemo } from "../testing/restartable-demo.ts";
import { stretchWire } from "../testing/wire.ts";

const runs = Number(process.env["NEVER_LOST_RUNS"] ?? 4);
const seed = Number(process.env["NEVER_LOST_SEED"] ?? Date.now() % 1_000_000);
/** Number of concurrent visitors. */
const together = 4;

const question = "How is the bread?";
const words = "seven kinds, baked 新鲜 every morning 🥐 before dawn, naïve or not, by hand and with care, ";
const knows = `<title>Bread</title><main><h1>Bread</h1><p>The bread comes in ${words.repeat(3)}as you like it:</p>
  <ul><li><b>Rye</b> 👩‍🍳 and spelt</li><li><code>a&lt;b</code> and wheat</li></ul></main>`;

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** The texts in each of a visitor's tabs at the end, and the number of questions sent. */
async function answerAfter(sequence: Sequence, tabs = 1) {
  const demo = await startRestartableDemo({ pace: { firstMs: 60, everyMs: 40 }, knows });
  const wire = await stretchWire(() => demo.address());
  const { page, context } = await visit(browser, { reducedMotion: "reduce" });
  const pages = [page];
  while (pages.length < tabs) pages.push(await context.newPage());
  const scenes: Scene[] = [];
  for (const each of pages) {
    await each.goto(wire.address);
    await lookAt(each);
    scenes.push({ demo, wire, page: each, devtools: await context.newCDPSession(each) });
  }
  await chatOn(page).ask(question);
  await endure(scenes, sequence);
  const seen = await Promise.all(pages.map(shownOn));
  await page.reload();
  const seenAgain = await shownOn(page);
  const asked = demo.questionsSeen();
  await context.close();
  await wire.close();
  await demo.close();
  return { shown: [...new Set([...seen, seenAgain])], asked };
}

/** Opens the chat if it is closed: a tab restores the open state once a conversation is stored. */
async function lookAt(page: Page): Promise<void> {
  const chat = chatOn(page);
  await chat.launcher.waitFor();
  await chat.open();
}

async function shownOn(page: Page): Promise<string> {
  const chat = chatOn(page);
  await lookAt(page);
  await chat.answered();
  const shown = [chat.questions, chat.answers, chat.citations, chat.notice];
  return JSON.stringify(await Promise.all(shown.map((part) => part.allInnerTexts())));
}

describe.each([
  { whose: "visitor", tabs: 1, count: runs },
  { whose: "visitor with two tabs", tabs: 2, count: Math.ceil(runs / 2) },
])(`whatever happens to a $whose and to the proxy (seed ${seed})`, ({ tabs, count }) => {
  it(
    "the answer comes to be complete in every tab, and was asked for once",
    async () => {
      const whole = await answerAfter([], tabs);
      expect(whole).toMatchObject({ shown: [expect.stringContaining(words)], asked: 1 });
      const left = sample(sequences, { numRuns: count, seed });
      async function endureOneByOne() {
        for (let sequence = left.shift(); sequence; sequence = left.shift()) {
          const story = `seed ${seed}: ${JSON.stringify(sequence)}`;
          const found = await answerAfter(sequence, tabs).catch((error: unknown) => String(error));
          expect(found, story).toEqual(whole);
        }
      }
      await Promise.all(Array.from({ length: together / tabs }, endureOneByOne));
    },
    60_000 + 30_000 * runs,
  );
});
