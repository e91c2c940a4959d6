/** Right to left and left to right in a real browser: the chat has the direction of its own language, not of the page's. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(async () => {
  await here.close();
});

it.each([
  ["right to left on a page that goes left to right", "ltr", "en", "ar", "rtl"],
  ["left to right on a page that goes right to left", "rtl", "ar", "de", "ltr"],
] as const)("is laid out %s", async (_, pageDirection, pageLanguage, language, direction) => {
  const { context, chat, complaints } = await here.enter(
    `<!doctype html><html dir="${pageDirection}" lang="${pageLanguage}"><body>${here.tag(`async data-language="${language}"`)}`,
  );
  await chat.open();
  await expect.poll(() => chat.panel.evaluate((panel) => getComputedStyle(panel).direction)).toBe(direction);
  await chat.ask("What does the proxy do?");
  await chat.answered();
  const middle = async (part: typeof chat.panel) => {
    const box = await part.boundingBox();
    return box ? box.x + box.width / 2 : Number.NaN;
  };
  // The visitor's messages, the send button and the close button are at the end of their lines.
  const panel = await middle(chat.panel);
  const ends = [chat.questions.first().locator("p"), chat.send, chat.panel.locator("[part=close]")];
  for (const end of ends) expect(Math.sign((await middle(end)) - panel)).toBe(direction === "ltr" ? 1 : -1);
  expect(complaints).toEqual([]);
  await context.close();
});
