/** What a long conversation costs on a slow phone: coming back to it, closing and opening, typing, asking once more. */
import type { Browser } from "playwright-core";
import { visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import type { PretendProxy } from "../testing/pretend-proxy.ts";
import { longAnswer } from "./answers.ts";
import { measureWork, type Work } from "../testing/main-thread.ts";

const slowness = 4;
const answerLength = 800;

export type LongConversation = Record<"coming back" | "opening" | "typing" | "appending", Work>;

function remember(proxy: PretendProxy, turns: number): void {
  const text = longAnswer((turns + 1) * answerLength);
  proxy.stored.length = 0;
  for (let turn = 0; turn < turns; turn++)
    proxy.stored.push({
      message: `stored-${turn}`,
      prompt: `What about number ${turn}?`,
      answer: text.slice(turn * answerLength, (turn + 1) * answerLength),
      citations: ["1", "2"].map((id) => ({
        id,
        title: `Page ${id}`,
        url: `https://docs.example.com/${id}`,
        description: null,
        image: null,
      })),
      reaction: "neutral",
    });
}

export async function longConversation(
  browser: Browser,
  proxy: PretendProxy,
  turns: number,
): Promise<LongConversation> {
  const { page, context } = await visit(browser);
  await page.goto(proxy.address);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask("Remember me.");
  await chat.answered();
  remember(proxy, turns);
  proxy.answer("One more, please.", { text: longAnswer(3000) });
  await page.goto("about:blank");
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  const measured = (act: () => Promise<void>) => measureWork(browser, page, act);

  // The page remembers that the chat was open, and shows it so.
  const comingBack = await measured(async () => {
    await page.goto(proxy.address);
    await page.waitForTimeout(6000);
  });
  const [button, field] = [await chat.launcher.boundingBox(), await chat.input.boundingBox()];
  if (!button || !field) throw new Error("The chat did not come back open.");
  const press = async (box: typeof button) => {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(700);
  };
  const opening = await measured(async () => {
    for (let times = 0; times < 4; times++) await press(button);
  });
  const typing = await measured(async () => {
    await press(field);
    await page.keyboard.type("One more, please.", { delay: 60 });
    await page.waitForTimeout(300);
  });
  const appending = await measured(async () => {
    await page.keyboard.press("Enter");
    await page.waitForTimeout(4000);
  });
  await chat.answered(2);
  await context.close();
  return { "coming back": comingBack, opening, typing, appending };
}
