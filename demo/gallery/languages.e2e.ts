/** All languages in the real chat: texts fit, and right-to-left languages are mirrored. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { languages } from "../../widget/i18n/negotiate-language.ts";
import { cutOff } from "../testing/large-text.ts";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";
import { stubAnswer } from "../testing/stub-answer.ts";
import { tooSmall } from "../testing/targets.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(async () => {
  await here.close();
});

const answer = "שלום\n\n```\nnpm start\n```";

it("header, menu, answer and composer have room for every language, on a small phone", async () => {
  const { page, context, chat } = await here.enter(`<!doctype html><html lang="en"><body>${here.tag()}`, {
    profile: { viewport: { width: 320, height: 568 }, reducedMotion: "reduce" },
  });
  await stubAnswer(context, { answer, citations: [{ url: "https://a.example/" }] });
  await chat.open();
  await chat.ask("Hello?");
  await chat.answered();
  const menu = page.locator("customgpt-widget .menu > button");
  const names = new Set<string>();
  for (const language of languages) {
    await page.evaluate(`CustomGPTWidget("set", ${JSON.stringify({ language })})`);
    await page.waitForFunction(
      (language) =>
        document
          .querySelector("customgpt-widget")
          ?.shadowRoot?.querySelector(".frame")
          ?.getAttribute("lang")
          ?.startsWith(language),
      language,
    );
    await menu.click();
    await page.locator("customgpt-widget [role=menuitem]").nth(2).waitFor();
    names.add((await menu.getAttribute("title")) ?? "");
    expect(await cutOff(page), language).toEqual([]);
    expect(await tooSmall(page), language).toEqual([]);
    await page.keyboard.press("Escape");
  }
  expect(names.size).toBe(languages.length);
  await context.close();
});

it.each(["ar", "he"])(
  "%s: pointing pictograms are mirrored, code is not, and the name stands by its picture",
  async (language) => {
    const { page, context, chat } = await here.enter(
      `<!doctype html><html lang="${language}" dir="rtl"><body>${here.tag()}`,
      { profile: { reducedMotion: "reduce" } },
    );
    await stubAnswer(context, { answer, citations: [{ url: "https://a.example/" }] });
    await chat.open();
    await chat.ask("Hello?");
    await chat.answered();
    const part = (selector: string) => page.locator(`customgpt-widget ${selector}`);
    const direction = (selector: string) =>
      part(selector).evaluate((element) => getComputedStyle(element).direction);
    expect(await direction("[part=transcript]")).toBe("rtl");
    expect(await direction("pre")).toBe("ltr");
    expect(await direction(".answer-text p")).toBe("rtl");
    const [name, picture] = [await part(".title bdi").boundingBox(), await part(".avatar").boundingBox()];
    const gap = (picture?.x ?? 0) - (name?.x ?? 0) - (name?.width ?? 0);
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(24);
    await part(".menu > button").click();
    await part("[role=menuitem]").nth(3).click();
    const back = part(".sheet-head .icon").evaluate((icon) => getComputedStyle(icon).transform);
    expect(await back).toBe("matrix(-1, 0, 0, 1, 0, 0)");
    await context.close();
  },
);
