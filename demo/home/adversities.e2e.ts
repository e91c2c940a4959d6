/** Whatever happens while an answer is being written, in whatever order: it comes to be complete, and was asked for once. */
import { sample } from "fast-check";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endure, type Sequence, sequences } from "../testing/adversities.ts";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { openLastingHouse } from "../testing/lasting-house.ts";
import { stretchWire } from "../testing/wire.ts";

const runs = Number(process.env["NEVER_LOST_RUNS"] ?? 6);
const seed = Number(process.env["NEVER_LOST_SEED"] ?? Date.now() % 1_000_000);
/** So many visitors at once. */
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

/** What a visitor has before them in the end, and what it took. */
async function answerAfter(sequence: Sequence) {
  const house = await openLastingHouse({ pace: { firstMs: 60, everyMs: 40 }, knows });
  const wire = await stretchWire(() => house.address());
  const { page, context } = await visit(browser);
  const devtools = await context.newCDPSession(page);
  const chat = chatOn(page);
  const look = async () => {
    await chat.launcher.waitFor();
    if (!(await chat.panel.isVisible())) await chat.open();
    await chat.answered();
    const shown = await Promise.all([
      chat.questions.allInnerTexts(),
      chat.answers.allInnerTexts(),
      chat.citations.allInnerTexts(),
      chat.notice.allInnerTexts(),
    ]);
    return { shown, asked: house.questionsSeen() };
  };
  await page.goto(wire.address);
  await chat.open();
  await chat.ask(question);
  await endure({ house, wire, page, devtools }, sequence);
  const seen = await look();
  await page.reload();
  const seenAgain = await look();
  await context.close();
  await wire.close();
  await house.close();
  return [seen, seenAgain];
}

it(
  `whatever happens to visitor and proxy (seed ${seed}), the answer comes to be complete, and was asked for once`,
  async () => {
    const whole = await answerAfter([]);
    const left = sample(sequences, { numRuns: runs, seed });
    async function endureOneByOne() {
      for (let sequence = left.shift(); sequence; sequence = left.shift()) {
        const story = `seed ${seed}: ${JSON.stringify(sequence)}`;
        expect(await answerAfter(sequence).catch((error: unknown) => String(error)), story).toEqual(whole);
      }
    }
    await Promise.all(Array.from({ length: together }, endureOneByOne));
  },
  60_000 + 30_000 * runs,
);
