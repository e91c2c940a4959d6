/** The recipes of platforms that cannot be installed here, in pages that treat the tag as those do. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Embedding, openEmbedding, type Stay } from "../testing/embedding.ts";
import { printedFor } from "./testing/printed.ts";
import { mergedByDrupal, platformPages } from "./testing/platforms.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(() => here.close());

/** What the guide's own page prints, for the proxy of this test. */
async function printedBy(slug: string): Promise<(place?: string) => string> {
  const html = await (await fetch(`${here.demo.address}/recipes/${slug}`)).text();
  return (place) => printedFor(here.demo.address, html, place);
}

const put = (script: string) => here.site.put(script, { "content-type": "text/javascript" });

async function askAndAnswer({ page, chat }: Stay, count = 1): Promise<void> {
  await chat.ask("How do I run the proxy?");
  expect(await chat.answered(count)).not.toBe("");
  expect(await page.locator("customgpt-widget").count()).toBe(1);
}

describe.each(Object.entries(platformPages))("on a page like those of %s", (slug, platform) => {
  it("the printed tag brings one chat, whose conversation goes on on the next page", async () => {
    const stay = await here.enter(platform.html(await printedBy(slug), put));
    await stay.chat.open();
    await askAndAnswer(stay);
    await stay.page.evaluate(`(() => { ${platform.goOn} })()`);
    await expect.poll(() => stay.chat.questions.count()).toBe(1);
    await askAndAnswer(stay, 2);
    expect(await stay.page.evaluate(() => document.body.lastElementChild?.localName)).toMatch(
      /^(customgpt-widget|script)$/,
    );
    expect(stay.complaints).toEqual([]);
    await stay.context.close();
  });
});

it("Google Tag Manager's snippet keeps its options, also in a file that Drupal has merged", async () => {
  const text = await printedBy("google-tag-manager");
  for (const html of [platformPages["google-tag-manager"]?.html(text, put), mergedByDrupal(text(), put)]) {
    const { chat, context, complaints } = await here.enter(html ?? "");
    await chat.launcher.waitFor({ state: "visible" });
    expect(await chat.launcher.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(
      "rgb(122, 60, 255)",
    );
    expect(complaints).toEqual([]);
    await context.close();
  }
});

it("on plain HTML pages the conversation goes along to the next page", async () => {
  const tag = (await printedBy("html"))("index.html");
  const html = `<!doctype html><html lang="en"><title>A page</title><h1>Page</h1>${tag}`;
  const stay = await here.enter(html);
  await stay.chat.open();
  await askAndAnswer(stay);
  await stay.page.goto(here.site.put(html));
  await expect.poll(() => stay.chat.questions.count()).toBe(1);
  expect(stay.complaints).toEqual([]);
  await stay.context.close();
});
