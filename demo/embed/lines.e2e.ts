/** Line breaks of an answer: on the screen, on paper, for screen readers and when copied. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";
import { stubAnswer } from "../testing/stub-answer.ts";

const address = ["Bakery Alder & Sons", "12 Mill Lane", "3rd floor", "Oldtown OT1 2AB"];
const answer = `Write to:\n${address.join("\n")}\n\n- one\n  two\n\nthree<br>\nfour  \nfive\\\nsix`;
const asRead = ["Write to:", ...address, "one", "two", "three", "four", "five", "six"];

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(() => here.close());

const linesOf = (text: string | undefined) => text?.split("\n").filter((line) => line.trim() !== "");

it("a postal address in an answer is shown, printed, spoken, selected and copied line by line", async () => {
  const { page, chat, context, complaints } = await here.enter(
    `<!doctype html><html lang="en"><title>Own page</title><body>${here.tag("async")}`,
    { profile: { permissions: ["clipboard-read", "clipboard-write"] } },
  );
  await page.addInitScript(() => {
    window.print = () => {
      Reflect.set(
        window.top ?? window,
        "printed",
        document.querySelector<HTMLElement>(".answer-text")?.innerText,
      );
      window.dispatchEvent(new Event("afterprint"));
    };
  });
  await page.reload();
  await stubAnswer(context, { answer, citations: [] });
  await chat.open();
  await chat.ask("Where are you?");
  await chat.answered();

  const text = chat.answer.locator(".answer-text");
  expect(linesOf(await text.innerText())).toEqual(asRead);
  // Each below the other, without empty lines.
  const heights = await text.locator("p").evaluateAll((all) => all.map((each) => each.clientHeight / 24));
  expect(heights).toEqual([5, 2, 4]);

  const selected = await text
    .locator("p")
    .first()
    .evaluate((paragraph) => {
      getSelection()?.selectAllChildren(paragraph);
      return getSelection()?.toString();
    });
  expect(linesOf(selected)).toEqual(["Write to:", ...address]);

  const spoken = page.locator("customgpt-widget [aria-live=polite]");
  await expect
    .poll(async () => linesOf((await spoken.textContent()) ?? ""))
    .toEqual([`Answer: ${asRead[0]}`, ...asRead.slice(1)]);

  const command = async (at: number) => {
    await page.locator("customgpt-widget [aria-haspopup=menu]").click();
    await page.locator("customgpt-widget [role=menuitem]").nth(at).click();
  };
  await command(1);
  await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toContain(address.join("\n"));
  await command(2);
  await page.waitForFunction("window.printed");
  expect(linesOf(await page.evaluate<string>("window.printed"))).toEqual(asRead);
  expect(complaints).toEqual([]);
  await context.close();
});
