/** Pages whose scripts change built-in objects, and engines without them: the chat works there, or is not started. */
import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";
import { oldEngine, shims } from "../testing/shims.ts";

const question = "What does the proxy do?";

let here: Embedding;
/** The answer on an unchanged page. */
let whole = "";

const pageWith = (script: string) =>
  `<!doctype html><html lang="en"><title>Changed</title><script>${script}</script><body><h1>Host</h1>${here.tag()}`;

/** Asks, and reloads the page. Calls no function of the page, which may be changed. */
async function stayOn(html: string) {
  const { context, page, chat, complaints } = await here.enter(html);
  const before = here.demo.questionsSeen();
  const ended = page.locator('customgpt-widget [part~="answer"]:not([aria-busy="true"])');
  const shown = async () => {
    await ended.waitFor({ timeout: 20_000 });
    return ended.innerText();
  };
  await chat.open();
  await chat.ask(question);
  const first = await shown();
  await page.reload();
  const again = await shown();
  const strays = await page.locator("customgpt-widget :is([version], [lang2])").count();
  await context.close();
  return { first, again, strays, asked: here.demo.questionsSeen() - before, complaints };
}

beforeAll(async () => {
  here = await openEmbedding();
  whole = (await stayOn(pageWith(""))).first;
});
afterAll(() => here.close());

/** Debian's libjs-prototype, which `npm test` installs where it can; the first shim stands for it elsewhere. */
const file = "/usr/share/javascript/prototype/prototype.js";
const prototype = existsSync(file) ? { "Prototype 1.7.3": readFileSync(file, "utf8") } : {};

it.each(Object.entries({ ...prototype, ...shims, "an old engine under it": oldEngine }))(
  "the whole answer is shown, asked for once, and there again after a reload on a page with %s",
  async (_what, script) => {
    const { first, again, strays, asked, complaints } = await stayOn(pageWith(script));
    expect(complaints).toEqual([]);
    expect(first).toBe(whole);
    expect(again).toBe(whole);
    expect(asked).toBe(1);
    // A property that one of them adds to all objects must not become an attribute.
    expect(strays).toBe(0);
  },
);

it("an engine too old for the chat starts none: one message in the console, and no request", async () => {
  const { context, page, complaints, requests } = await here.enter(
    pageWith('window.CSSStyleSheet = function () { throw new TypeError("Illegal constructor"); };'),
  );
  await expect.poll(() => complaints.length).toBe(1);
  expect(complaints[0]).toContain("warning: customgpt-widget: this browser is too old");
  expect(await page.locator("customgpt-widget").count()).toBe(0);
  expect(requests.filter((address) => /\/(v1|assets)\//.test(address))).toEqual([]);
  await context.close();
});
