/** Translators and other extensions that change a streaming answer's texts: at its end it is complete. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { openPretendProxy, type PretendProxy } from "../testing/pretend-proxy.ts";

const question = "What do you bake?";
const citations = [
  { id: "1", title: "Breads", url: "https://bakery.example/breads", description: null, image: null },
];
const text = `We bake **bread** and *rolls*, each morning [1], and write www.bakery.example on the bags.

1. Rye, of \`rye\` and water,
   for two days.
2. Wheat [1]
   - plain
   - with **seeds and nuts**

| Bread | Price |
|---|---|
| Rye | 4.20 |
| Wheat | 3.80 |

> Bread that is older than a day
> is sold at half its price [1].

\`\`\`js
const bread = bake("rye"); // two days
\`\`\`

Setext headings are known late
---

And the last line, which no translator must cut off: the shop closes at six.`;

let browser: Browser;
let proxy: PretendProxy;
let whole: string | null;

beforeAll(async () => {
  [browser, proxy] = await Promise.all([openBrowser(), openPretendProxy()]);
  proxy.answer(question, { text, citations, pace: { characters: 4, pieces: 2, everyMs: 16 } });
  const { context, shown } = await askOn("");
  whole = await shown();
  await context.close();
});
afterAll(async () => {
  await browser.close();
  await proxy.close();
});

/** Runs in the page: changes each of the answer's texts that it has not inserted itself, repeatedly. */
const meddle = (work: string) => `<script>
  const made = new WeakSet();
  function texts() {
    const answer = document.querySelector("customgpt-widget")?.shadowRoot?.querySelector("[part~=answer]");
    const walker = answer && document.createTreeWalker(answer, 4);
    const found = [];
    while (walker?.nextNode()) if (!made.has(walker.currentNode)) found.push(walker.currentNode);
    return found;
  }
  function own(tag, text) {
    const element = document.createElement(tag);
    const node = typeof text === "string" ? document.createTextNode(text) : text;
    made.add(node);
    element.append(node);
    return element;
  }
  const isComplete = () =>
    !document.querySelector("customgpt-widget")?.shadowRoot.querySelector(".answer [aria-busy], .answer[aria-busy]");
  setInterval(() => { ${work} }, 40);
</script>`;

const meddlers: Readonly<Record<string, string>> = {
  "puts its own text in the place of each that it read a while ago": `
    for (const node of texts()) {
      const { data } = node;
      made.add(node);
      setTimeout(() => node.isConnected && node.replaceWith(own("font", data)), 150);
    }`,
  "puts its own text in the place of each at once": `
    for (const node of texts()) node.replaceWith(own("font", node.data));`,
  "wraps each text": `
    for (const node of texts()) {
      const mark = document.createElement("mark");
      node.replaceWith(mark);
      mark.append(own("b", node));
    }`,
  "takes texts away while the answer grows": `
    for (const node of isComplete() ? [] : texts()) {
      made.add(node);
      if (node.data.length % 2) node.remove();
    }`,
  "adds attributes to all elements, and corrects texts while the answer grows": `
    for (const node of isComplete() ? [] : texts()) {
      made.add(node);
      node.parentElement.setAttribute("data-checked", "true");
      node.parentElement.style.position = "relative";
      node.data = node.data.replace("bread", "Bread");
    }`,
};

async function askOn(meddler: string) {
  proxy.put(
    "/page",
    `<!doctype html><html lang="en"><title>A page</title><body>${meddle(meddler)}<script src="/widget.js" async></script>`,
  );
  const { context, page, complaints } = await visit(browser);
  await page.goto(`${proxy.address}/page`);
  const chat = chatOn(page);
  await chat.open();
  await chat.ask(question);
  await chat.answered();
  return { context, complaints, shown: () => chat.answer.locator(".answer-text").textContent() };
}

it.each(Object.entries(meddlers))("by one that %s", async (_what, meddler) => {
  const { context, complaints, shown } = await askOn(meddler);
  await expect.poll(shown, { timeout: 8_000 }).toBe(whole);
  expect(complaints).toEqual([]);
  await context.close();
});
