/** A visitor of a built site: asks on its first page, goes on to the next one, asks again, and goes back. */
import type { Stay } from "../../testing/embedding.ts";

const question = "How do I run the proxy?";

export type BothPages = {
  /** Number of chats on the first page, on the next one, and on the first again. */
  chats: number[];
  /** Number of questions in the conversation, in the same order. */
  questions: number[];
  /** Whether each question was answered. */
  answered: boolean[];
  /** Whether the site went on to the next page without loading it. */
  isRouted: boolean;
  complaints: string[];
};

/** What a visit must show on every site. */
export const wellVisited = {
  chats: [1, 1, 1],
  questions: [1, 2, 2],
  answered: [true, true],
  complaints: [],
};

export async function visitBothPages({ page, chat, context, complaints }: Stay): Promise<BothPages> {
  const seen: BothPages = { chats: [], questions: [], answered: [], isRouted: false, complaints };
  async function count(): Promise<void> {
    seen.chats.push(await page.locator("customgpt-widget").count());
    seen.questions.push(await chat.questions.count());
  }
  async function ask(place: number): Promise<void> {
    await chat.ask(question);
    seen.answered.push((await chat.answered(place)) !== "");
    await count();
  }

  await chat.open();
  await ask(1);
  await page.evaluate(() => Reflect.set(window, "first", true));
  await page.getByRole("link", { name: "To the next page" }).click();
  await page.getByRole("heading", { name: "The next page" }).waitFor();
  seen.isRouted = await page.evaluate(() => Reflect.has(window, "first"));
  // The chat that was open is open again, with its conversation.
  await chat.questions.first().waitFor();
  await ask(2);
  await page.goBack();
  await page.getByRole("heading", { name: "The first page" }).waitFor();
  await chat.questions.nth(1).waitFor();
  await count();
  await context.close();
  return seen;
}
