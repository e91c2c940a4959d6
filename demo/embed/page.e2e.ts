/** The tag on another site's page: all ways to embed it, and what the page can do with the chat. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(async () => {
  await here.close();
});

const purple = 'data-color="#7a3cff"';
const question = "How do I put the chat on my website?";
const page = (body: string, head = "") =>
  `<!doctype html><html lang="en"><head><title>Own page</title>${head}</head><body><h1>Own</h1>${body}</body></html>`;

/** A script of the page that creates the tag. */
const made = (then: string) =>
  `const tag = document.createElement("script"); tag.src = "${here.demo.address}/widget.js"; ` +
  `tag.setAttribute("data-color", "#7a3cff"); ${then}`;
const block = () =>
  `<script type="application/json" data-customgpt-widget>{"proxy":"${here.demo.address}/","color":"#7a3cff"}</script>`;
const widgetSource = () => readFileSync("dist/widget/widget.js", "utf8");

const arrivals: [string, () => string][] = [
  ["a tag in the body", () => page(here.tag(purple))],
  ["a tag in the head, when there is no body yet", () => page("", here.tag(purple))],
  ["a deferred tag", () => page("", here.tag(`defer ${purple}`))],
  ["a module tag", () => page("", here.tag(`type="module" ${purple}`))],
  ["the same tag twice", () => page(here.tag(purple) + here.tag(purple))],
  ["a tag in head and body", () => page(here.tag(purple), here.tag(`async ${purple}`))],
  ["a tag made by a script", () => page(`<script>${made("document.head.append(tag)")}</script>`)],
  [
    "a tag made long after the page has loaded",
    () =>
      page(`<script>addEventListener("load", () => setTimeout(() => {${made("document.body.append(tag)")}}, 100))
        </script>`),
  ],
  [
    "a tag that its maker takes out of the page at once",
    () => page(`<script>${made("document.head.append(tag); tag.remove()")}</script>`),
  ],
  [
    "a tag written by document.write",
    () => page(`<script>document.write(\`${here.tag(purple).replace("</", "<\\/")}\`)</script>`),
  ],
  [
    "a tag in a shadow root, with a JSON block",
    () =>
      page(`${block()}<div id="box"></div><script>
        ${made('document.querySelector("#box").attachShadow({ mode: "open" }).append(tag)')}</script>`),
  ],
  [
    "a copy under another name, with a JSON block",
    () =>
      page(
        `${block()}<script src="${here.site.put(widgetSource(), { "content-type": "text/javascript" })}"></script>`,
      ),
  ],
  [
    "a page with an AMD loader",
    () =>
      page(
        here.tag(purple),
        "<script>window.define = () => { throw new Error('defined') }; define.amd = {}</script>",
      ),
  ],
  [
    "a page whose addresses are relative to elsewhere",
    () => page(here.tag(purple), '<base href="https://elsewhere.example/deep/">'),
  ],
  ["a page without a doctype, with a form around everything", () => `<form>${here.tag(purple)}</form>`],
];

describe("the tag", () => {
  it.each(arrivals)("adds one chat, with its options, from %s", async (_, html) => {
    const { page: own, context, chat, complaints } = await here.enter(html());
    await chat.launcher.waitFor({ state: "visible" });
    expect(await own.locator("customgpt-widget").count()).toBe(1);
    expect(await chat.launcher.evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(
      "rgb(122, 60, 255)",
    );
    expect(await own.evaluate(() => document.body.lastElementChild?.localName)).toBe("customgpt-widget");
    await chat.open();
    await chat.starters.first().waitFor({ state: "visible" });
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("adds two chats for two agents, each with its own conversation", async () => {
    const { page: own, context, complaints } = await here.enter(page(""));
    // The stand-in has one agent only, which is used for both.
    await context.route(/\/v1\/agents\/second/, (route) =>
      route.continue({ url: route.request().url().replace("second", "default") }),
    );
    await own.setContent(page(here.tag(purple) + here.tag('async data-agent="second" data-position="left"')));
    const hosts = own.locator("customgpt-widget");
    await expect.poll(() => hosts.count()).toBe(2);
    for (const [index, text] of ["First question", "Second question"].entries()) {
      const host = hosts.nth(index);
      await host.locator('[part~="launcher"]').click();
      await host.locator('[part~="input"]').fill(text);
      await host.locator('[part~="send"]').click();
      await host.locator('[part~="answer"]:not([aria-busy="true"])').waitFor();
    }
    expect(await hosts.nth(0).locator('[data-from="visitor"]').allInnerTexts()).toEqual([
      expect.stringContaining("First question"),
    ]);
    expect(await hosts.nth(1).locator('[data-from="visitor"]').allInnerTexts()).toEqual([
      expect.stringContaining("Second question"),
    ]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  const strict = () =>
    `default-src 'none'; script-src ${here.demo.address}; connect-src ${here.demo.address}; ` +
    `img-src ${here.demo.address}; require-trusted-types-for 'script'`;
  it.each([
    ["the strictest policy", strict, ""],
    [
      "a nonce with strict-dynamic",
      () =>
        `default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; connect-src ${here.demo.address}; ` +
        `img-src ${here.demo.address}; require-trusted-types-for 'script'; trusted-types 'none'`,
      'nonce="abc"',
    ],
  ])("asks and answers under %s without one violation", async (_, policy, attributes) => {
    const {
      page: own,
      context,
      chat,
      complaints,
    } = await here.enter(page(here.tag(attributes)), {
      headers: { "content-security-policy": policy() },
    });
    await chat.open();
    await chat.ask(question);
    await chat.answered();
    await chat.citations.first().waitFor();
    const panel = await chat.panel.evaluate((each) => ({
      font: getComputedStyle(each).fontSize,
      radius: getComputedStyle(each).borderRadius,
      width: each.getBoundingClientRect().width,
    }));
    expect(panel).toEqual({ font: "15px", radius: "16px", width: 400 });
    expect(complaints).toEqual([]);
    await own.close();
    await context.close();
  });
});

describe("a page's own scripts", () => {
  it("can call commands before the chat is loaded, which then run in order", async () => {
    const {
      page: own,
      context,
      chat,
      complaints,
    } = await here.enter(
      page(
        here.tag("defer"),
        `<script>
        window.CustomGPTWidget=window.CustomGPTWidget||function(){(CustomGPTWidget.q=CustomGPTWidget.q||[]).push(arguments)};
        window.heard = [];
        for (const name of ["ready", "open", "question", "answer"])
          CustomGPTWidget("on", name, (detail) => heard.push([name, detail]));
        CustomGPTWidget("open");
        CustomGPTWidget("ask", "What is this product?");
        </script>`,
      ),
    );
    await chat.answered();
    const heard = await own.evaluate<[string, Record<string, unknown>][]>("heard");
    expect(heard.map(([name]) => name)).toEqual(["open", "ready", "question", "answer"]);
    expect(heard[2]?.[1]).toMatchObject({ text: "What is this product?" });
    expect(heard[3]?.[1]).toMatchObject({ question: "What is this product?" });
    expect(String(heard[3]?.[1]["text"]).length).toBeGreaterThan(20);
    expect(Array.isArray(heard[3]?.[1]["citations"])).toBe(true);
    // Without a visitor's action the focus stays on the page.
    expect(await own.evaluate(() => document.activeElement === document.body)).toBe(true);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("find the chat's events on the element and the document, and use every command", async () => {
    const { page: own, context, chat, complaints } = await here.enter(page(here.tag()));
    await chat.launcher.waitFor({ state: "visible" });
    await own.evaluate(() => {
      const names = ["open", "close", "question", "answer", "problem"];
      const heard: unknown[] = [];
      Object.assign(window, { heard });
      for (const name of names)
        document.addEventListener(`customgpt-${name}`, (event) =>
          heard.push([name, event instanceof CustomEvent ? Object.keys(event.detail) : null]),
        );
    });
    const command = (...words: string[]) =>
      own.evaluate((given) => void Reflect.apply(Object(window.CustomGPTWidget), null, given), words);
    await command("toggle");
    await chat.input.waitFor({ state: "visible" });
    await command("close");
    await chat.panel.waitFor({ state: "hidden" });
    await command("ask", "What does the proxy do?");
    await chat.answered();
    expect(await own.evaluate("heard")).toEqual([
      ["open", []],
      ["close", []],
      ["open", []],
      ["question", ["turn", "text"]],
      ["answer", ["turn", "question", "text", "citations"]],
    ]);
    await own.evaluate(
      () => void window.CustomGPTWidget?.("set", { title: "Changed", color: "#00aa00", position: "left" }),
    );
    expect(await chat.panel.locator('[part~="header"]').innerText()).toContain("Changed");
    expect((await chat.launcher.boundingBox())?.x).toBe(24);
    await command("startOver");
    await chat.starters.first().waitFor({ state: "visible" });
    await own.evaluate(() => {
      const off: unknown = window.CustomGPTWidget?.("on", "close", () =>
        Object.assign(window, { stillHeard: true }),
      );
      if (typeof off === "function") off();
    });
    await command("close");
    expect(await own.evaluate("window.stillHeard")).toBeUndefined();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("destroy the chat completely, during an answer too, and load it again", async () => {
    here.demo.pace.everyMs = 8;
    const {
      page: own,
      context,
      chat,
      complaints,
    } = await here.enter(
      page(
        here.tag(),
        `<script>
        window.live = [];
        for (const [name, target] of [["window", window], ["document", document], ["body", document.documentElement], ["visual", visualViewport], ["navigation", window.navigation], ["mql", MediaQueryList.prototype]]) {
          const { addEventListener: add, removeEventListener: remove } = target;
          target.addEventListener = function (type, listener, options) {
            live.push([name, type, listener]);
            return add.call(this, type, listener, options);
          };
          target.removeEventListener = function (type, listener, options) {
            const at = live.findIndex((each) => each[1] === type && each[2] === listener);
            if (at >= 0) live.splice(at, 1);
            return remove.call(this, type, listener, options);
          };
        }
        </script>`,
      ),
    );
    for (let round = 0; round < 2; round++) {
      // The second time it is open, as it was left.
      if (!round) await chat.open();
      await chat.ask(question);
      await chat.answer.waitFor();
      if (round) await chat.answered();
      await own.evaluate(() => void window.CustomGPTWidget?.("destroy"));
      const left = await own.evaluate(() => ({
        hosts: document.querySelectorAll("customgpt-widget").length,
        global: "CustomGPTWidget" in window,
        sheets: document.adoptedStyleSheets.length,
        styles: document.querySelectorAll("style, link").length,
        body: [...document.body.children].map((each) => each.localName),
        head: [...document.head.children].map((each) => each.localName),
      }));
      expect(left).toEqual({
        hosts: 0,
        global: false,
        sheets: 0,
        styles: 0,
        body: ["h1", ...Array.from({ length: round + 1 }, () => "script")],
        head: ["title", "script"],
      });
      expect(
        await own.evaluate(
          "live.filter(([name, type, listener]) => type !== 'DOMContentLoaded' && !/playwright|_hitTarget/.test(type + listener)).map(([name, type, listener]) => name + ' ' + type + String(listener).slice(0, 80))",
        ),
      ).toEqual([]);
      await own.evaluate(made("document.body.append(tag)"));
      await chat.launcher.waitFor({ state: "visible" });
    }
    here.demo.pace.everyMs = 0;
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("insert the element and remove it again", async () => {
    const {
      page: own,
      context,
      chat,
      complaints,
    } = await here.enter(
      page(
        `<main style="height: 600px; width: 500px"><customgpt-widget mode="inline" title="Inline help" color="#7a3cff"></customgpt-widget></main>` +
          here.tag(),
      ),
    );
    await chat.ask(question);
    await chat.answered();
    expect(await own.locator("customgpt-widget").count()).toBe(1);
    expect(await chat.launcher.count()).toBe(0);
    const box = await chat.panel.boundingBox();
    expect(box && [box.width, box.height]).toEqual([500, 600]);
    expect(await chat.panel.locator('[part~="header"]').innerText()).toContain("Inline help");
    const element = own.locator("customgpt-widget");
    await element.evaluate((each) => each.setAttribute("title", "Other name"));
    await expect.poll(() => chat.panel.locator('[part~="header"]').innerText()).toContain("Other name");
    // Moved, it keeps its conversation; removed, it is gone.
    await element.evaluate((each) => document.body.prepend(each));
    await own.waitForTimeout(700);
    expect(await chat.questions.count()).toBe(1);
    await element.evaluate((each) => each.remove());
    await own.waitForTimeout(700);
    expect(await own.locator("customgpt-widget").count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("keep their own global of that name, and the members of an object", async () => {
    const theirs = await here.enter(
      page(here.tag(), "<script>window.CustomGPTWidget = { theirs: true }</script>"),
    );
    await theirs.chat.launcher.waitFor({ state: "visible" });
    expect(await theirs.page.evaluate("CustomGPTWidget")).toEqual({ theirs: true });
    await theirs.chat.open();
    expect(theirs.complaints).toEqual([]);
    await theirs.context.close();

    const named = await here.enter(page(`<div id="CustomGPTWidget">Anchor</div>${here.tag()}`));
    await named.chat.open();
    await named.chat.ask(question);
    await named.chat.answered();
    expect(named.complaints).toEqual([]);
    await named.context.close();
  });
});

describe("each mode", () => {
  it.each(["floating", "inline", "side", "full"])("%s is opened, asked and answers", async (mode) => {
    const {
      page: own,
      context,
      chat,
      complaints,
    } = await here.enter(
      page(
        `<p>${"Words of the page. ".repeat(60)}</p><div id="place" style="height:520px"></div>` +
          here.tag(
            `async ${purple} data-mode="${mode}" data-target="${mode === "inline" ? "#place" : "body"}"`,
          ),
      ),
    );
    if (mode === "floating" || mode === "side") await chat.open();
    await chat.ask(question);
    await chat.answered();
    await chat.citations.first().waitFor();
    const shots = process.env["E2E_SCREENSHOTS"];
    if (shots) await own.screenshot({ path: `${shots}/mode-${mode}.png` });
    const box = await chat.panel.boundingBox();
    const expected = {
      floating: [856, 28, 400, 680],
      inline: [8, expect.any(Number), 1264, 520],
      side: [860, 0, 420, 800],
      full: [0, 0, 1280, 800],
    };
    expect(box && [box.x, box.y, box.width, box.height]).toEqual(
      Object.entries(expected).find(([name]) => name === mode)?.[1],
    );
    expect(complaints).toEqual([]);
    await context.close();
  });
});
