/** Promises of the widget to its page: it changes nothing of it, and the page's styles change nothing of the chat. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(async () => {
  await here.close();
});

const question = "What does the proxy do?";

/** Everything of the page that the widget must not change. */
const pageState = (page: Page) =>
  page.evaluate(() => {
    const attributes = (element: Element) =>
      [...element.attributes].map(({ name, value }) => `${name}=${value}`);
    return {
      title: document.title,
      head: document.head.innerHTML,
      root: attributes(document.documentElement),
      body: attributes(document.body),
      own: document.querySelector("main")?.outerHTML,
      styles: [
        getComputedStyle(document.body).cssText,
        getComputedStyle(document.documentElement).cssText,
      ].join(""),
      size: [
        document.documentElement.scrollWidth,
        document.documentElement.scrollHeight,
        innerWidth,
        innerHeight,
      ],
      sheets: document.adoptedStyleSheets.length,
      scroll: [scrollX, scrollY],
      history: [history.length, location.href, JSON.stringify(history.state)],
      focus: document.activeElement?.id,
      selection: String(getSelection()),
      cookie: document.cookie,
      windowKeys: Object.getOwnPropertyNames(window).filter((name) => name !== "CustomGPTWidget"),
      documentKeys: Object.getOwnPropertyNames(document),
      prototypes: [
        Object,
        Array,
        Function,
        String,
        Element,
        HTMLElement,
        Event,
        EventTarget,
        Promise,
        Response,
      ].map((each) => Object.getOwnPropertyNames(each.prototype).length),
      fetch: String(fetch),
    };
  });

describe("the page", () => {
  it("is the same before and after the widget, and after a whole conversation", async () => {
    const { page, context, chat, complaints } = await here.enter(
      `<!doctype html><html lang="en" class="a" data-theme="own"><head><title>Own title</title>
      <meta name="viewport" content="width=900"></head><body style="margin: 3px; color: red" class="own">
      <main><p id="text">Words to select</p><input id="field"><div style="height: 3000px"></div></main></body></html>`,
    );
    await page.evaluate(() => {
      document.querySelector<HTMLElement>("#field")?.focus();
      getSelection()?.selectAllChildren(document.querySelector("#text") ?? document.body);
      document.querySelector<HTMLElement>("#field")?.focus();
      scrollTo(0, 700);
    });
    const before = await pageState(page);
    const added = () => page.evaluate(() => [localStorage.length, sessionStorage.length]);
    await page.evaluate((address) => {
      const tag = document.createElement("script");
      tag.src = address;
      document.body.append(tag);
    }, `${here.demo.address}/widget.js`);
    await chat.launcher.waitFor({ state: "visible" });
    await page.waitForTimeout(300);
    expect(await pageState(page)).toEqual(before);
    expect(await added()).toEqual([0, 0]);

    await page.evaluate("CustomGPTWidget('open')");
    await chat.input.waitFor({ state: "visible" });
    expect(await added()).toEqual([0, 0]);
    await page.evaluate(`CustomGPTWidget("ask", ${JSON.stringify(question)})`);
    await chat.answered();
    await page.evaluate("CustomGPTWidget('close')");
    await chat.panel.waitFor({ state: "hidden" });
    // After a visitor's action the focus may move.
    expect(await pageState(page)).toEqual({ ...before, focus: "", selection: "" });
    expect(await added()).toEqual([1, 0]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("receives no keys typed into the chat, and keeps its own", async () => {
    const { page, context, chat, complaints } = await here.enter(
      `<!doctype html><title>Own</title><body><input id="field">${here.tag()}<script>
      window.heard = [];
      for (const type of ["keydown", "keyup", "keypress", "input", "beforeinput", "paste", "compositionstart"])
        for (const target of [window, document, document.body])
          target.addEventListener(type, (event) => heard.push(type + " " + event.key));
      </script>`,
    );
    await chat.open();
    await page.waitForFunction(
      () => document.activeElement?.shadowRoot?.activeElement?.localName === "textarea",
    );
    await page.keyboard.type("/k?j ");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("ArrowDown");
    expect(await chat.input.inputValue()).toBe("/k?j ");
    await page.keyboard.press("Enter");
    await chat.answered();
    await page.keyboard.press("Escape");
    await chat.panel.waitFor({ state: "hidden" });
    expect(await page.evaluate("heard")).toEqual([]);
    await page.locator("#field").press("k");
    expect(await page.evaluate("heard.length")).toBeGreaterThan(6);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

const measure = async (page: Page) => {
  await page.mouse.move(3, 3);
  // The pointer has left the button, and its transition has ended.
  await page.waitForFunction(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const moving = root?.getAnimations().filter((animation) => animation.playState !== "finished");
    return root && !root.querySelector(":hover") && moving?.length === 0;
  });
  return page.evaluate(() => {
    const root = document.querySelector("customgpt-widget")?.shadowRoot;
    const names = ["launcher", "panel", "header", "composer", "input", "send", "close", "starter"];
    return names.map((name) => {
      const part = root?.querySelector(`[part~="${name}"]`);
      if (!part) return [name, "missing"];
      const box = part.getBoundingClientRect();
      const style = getComputedStyle(part);
      return [
        name,
        box.x,
        box.y,
        box.width,
        box.height,
        style.fontSize,
        style.fontFamily,
        style.lineHeight,
        style.letterSpacing,
        style.color,
        style.backgroundColor,
        style.textTransform,
        style.direction,
        style.textAlign,
        style.visibility,
        style.opacity,
        style.cursor,
        style.pointerEvents,
        style.userSelect,
        style.textShadow,
        style.whiteSpace,
      ];
    });
  });
};

const hostileStyles = [
  "* { all: unset !important }",
  "*, *::before, *::after { box-sizing: content-box !important; transition: none !important; letter-spacing: 3px !important; margin: 9px !important; opacity: 0.4 !important }",
  "div, section, article, customgpt-widget, body > *:last-child { display: none !important }",
  "html { font-size: 62.5%; letter-spacing: 4px; text-transform: uppercase; line-height: 3; visibility: visible; word-spacing: 9px }",
  "button, textarea, input, h2, p, a, svg, img { all: unset !important; font-size: 40px !important; display: none !important; fill: red !important; width: 3px !important; max-width: 5px !important }",
  "body { font: italic 40px/3 serif; text-align: center; color: red; cursor: wait; user-select: none; -webkit-user-select: none; pointer-events: none; text-indent: 50px; white-space: pre }",
  "body > * { pointer-events: none !important; visibility: hidden !important; transform: scale(0.5) !important; filter: blur(3px) !important; position: relative !important; width: 10px !important; contain: strict !important; content-visibility: hidden !important }",
  "body { margin: 0; display: flex; flex-direction: row-reverse; min-height: 200vh }",
  "* { visibility: hidden; letter-spacing: 3px; word-spacing: 9px; line-height: 3; color: red; cursor: wait; user-select: none; -webkit-user-select: none; pointer-events: none; text-indent: 9px; text-shadow: 0 0 9px red; white-space: pre; hyphens: auto; tab-size: 1; quotes: none; direction: rtl; caret-color: red; font-variant: small-caps; zoom: 1 }",
];

/** Names that pages may use for their own properties: those of the widget without its prefix. */
const commonNames = [
  ...new Set(
    readdirSync("widget", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".css"))
      .flatMap((name) => readFileSync(join("widget", name), "utf8").match(/(?<=--cgw-)[\w-]+/g) ?? []),
  ),
];
const setAll = (value: string) =>
  `* { ${commonNames.map((name) => `--${name}: ${value} !important`).join(";")} }`;
const registerAll = commonNames
  .map((name) => `@property --${name} { syntax: "<length>"; inherits: false; initial-value: 3px }`)
  .join("");

describe("a page's styles", () => {
  const html = (style: string) =>
    `<!doctype html><html lang="en"><title>Own</title><style>${style}</style><body><p>Own</p>${here.tag()}`;

  async function seenWith(style: string) {
    const { page, context, chat, complaints } = await here.enter(html(style));
    await chat.open();
    await chat.starters.first().waitFor({ state: "visible" });
    // Loaded with the files for the first question, and makes the field narrower.
    await page.locator('customgpt-widget [part~="composer"] .icon-button').waitFor();
    const measured = await measure(page);
    await context.close();
    return { measured, complaints };
  }
  let plain: Awaited<ReturnType<typeof seenWith>>;
  beforeAll(async () => {
    plain = await seenWith("");
  });

  it.each(hostileStyles)(
    "change neither size, position nor style of anything in the chat: %s",
    async (style) => {
      expect(plain.measured[0]?.slice(0, 5)).toEqual(["launcher", 1200, 720, 56, 56]);
      expect(await seenWith(style)).toEqual(plain);
    },
  );

  it.each(["red", "300px"])(
    "set the custom properties of common names to %s, and change nothing",
    async (value) => {
      expect(commonNames.length).toBeGreaterThan(20);
      expect(commonNames).toContain("accent");
      expect(await seenWith(setAll(value))).toEqual(plain);
    },
  );

  it("register custom properties of common names, and change nothing", async () => {
    expect(await seenWith(registerAll)).toEqual(plain);
  });

  // The page decides whether an element in its own flow is skipped.
  const inFlow = hostileStyles.filter((style) => !style.includes("content-visibility"));
  async function stylesWith(style: string) {
    const { page, context, chat } = await here.enter(
      `<!doctype html><html lang="en"><style>${style}</style><body>${here.tag('async data-mode="inline"')}`,
    );
    await chat.starters.first().waitFor({ state: "visible" });
    const seen = await measure(page);
    await context.close();
    return seen.map(([name, , , , , ...styles]) => [name, ...styles]);
  }
  let plainStyles: Awaited<ReturnType<typeof stylesWith>>;
  beforeAll(async () => {
    plainStyles = await stylesWith("");
  });

  it.each([...inFlow, setAll("red"), setAll("300px"), registerAll])(
    "change no style of anything in a chat that stands in the page: %s",
    async (style) => {
      expect(await stylesWith(style)).toEqual(plainStyles);
    },
  );

  it("cannot hide a chat in the page's flow", async () => {
    const { page, context, chat } = await here.enter(
      `<!doctype html><style>* { all: unset !important } div { display: none !important }</style><body>${here.tag()}
      <main><customgpt-widget mode="inline"></customgpt-widget></main>`,
    );
    await chat.ask(question);
    await chat.answered();
    expect((await chat.panel.boundingBox())?.height).toBe(480);
    expect((await chat.panel.boundingBox())?.width).toBeGreaterThan(600);
    await page.close();
    await context.close();
  });
});

describe("a visitor's preferences", () => {
  /** The chat's size in the page, and its number of visible elements. */
  const seenOf = (page: Page) =>
    page.evaluate(() => {
      const host = document.querySelector("customgpt-widget");
      const all = [...(host?.shadowRoot?.querySelectorAll("*") ?? [])];
      const wanted = { visibilityProperty: true, opacityProperty: true };
      const parts = all.filter((each) => each.checkVisibility(wanted)).length;
      return { height: host?.getBoundingClientRect().height, parts };
    });

  it.each(["floating", "side"])("prints no launcher of a chat that is %s", async (mode) => {
    const { page, context, chat } = await here.enter(
      `<!doctype html><body>${here.tag(`async data-mode="${mode}"`)}`,
    );
    await chat.launcher.waitFor({ state: "visible" });
    await page.emulateMedia({ media: "print" });
    expect(await seenOf(page)).toEqual({ height: 0, parts: 0 });
    await context.close();
  });

  it.each(["floating", "side", "inline", "full"])(
    "prints nothing of an open chat that is %s",
    async (mode) => {
      const { page, context, chat } = await here.enter(
        `<!doctype html><body>${here.tag(`async data-open data-mode="${mode}"`)}`,
      );
      await chat.starters.first().waitFor({ state: "visible" });
      await expect.poll(async () => (await seenOf(page)).parts).toBeGreaterThan(10);
      await page.emulateMedia({ media: "print" });
      expect(await seenOf(page)).toEqual({ height: 0, parts: 0 });
      await context.close();
    },
  );

  it("disables motion for reduced motion, and shows borders in forced colours", async () => {
    const { page, context, chat } = await here.enter(`<!doctype html><body>${here.tag()}`, {
      profile: { reducedMotion: "reduce", forcedColors: "active" },
    });
    await chat.launcher.waitFor({ state: "visible" });
    expect(await chat.launcher.evaluate((each) => getComputedStyle(each).borderTopColor)).not.toBe(
      "rgba(0, 0, 0, 0)",
    );
    await chat.open();
    const moving = await page.evaluate(() =>
      [...(document.querySelector("customgpt-widget")?.shadowRoot?.querySelectorAll("*") ?? [])]
        .filter(
          (each) =>
            /transform|all/.test(getComputedStyle(each).transitionProperty) &&
            getComputedStyle(each).transitionDuration !== "0s",
        )
        .map((each) => each.className),
    );
    expect(moving).toEqual([]);
    const shots = process.env["E2E_SCREENSHOTS"];
    if (shots) await page.screenshot({ path: `${shots}/forced.png` });
    await context.close();
  });

  it("is right to left on such a page, with the launcher in the same corner", async () => {
    const { page, context, chat } = await here.enter(
      `<!doctype html><html dir="rtl" lang="ar"><body><p>نص</p>${here.tag('async data-language="ar"')}`,
    );
    await chat.open();
    await chat.ask("مرحبا");
    await chat.answered();
    const shots = process.env["E2E_SCREENSHOTS"];
    if (shots) await page.screenshot({ path: `${shots}/rtl.png` });
    expect((await chat.launcher.boundingBox())?.x).toBeGreaterThan(1195);
    expect(
      await chat.questions
        .first()
        .locator("p")
        .evaluate((each) => getComputedStyle(each).direction),
    ).toBe("rtl");
    await context.close();
  });

  it("fills a phone's screen, locks the page behind, and unlocks it again", async () => {
    const { page, context, chat, complaints } = await here.enter(
      `<!doctype html><meta name="viewport" content="width=device-width"><body><div style="height:4000px">Own</div>${here.tag()}`,
      {
        profile: {
          viewport: { width: 390, height: 844 },
          hasTouch: true,
          isMobile: true,
          deviceScaleFactor: 2,
        },
      },
    );
    await page.evaluate(() => scrollTo(0, 500));
    await chat.launcher.waitFor({ state: "visible" });
    await chat.launcher.tap();
    await chat.input.waitFor({ state: "visible" });
    await page.waitForTimeout(300);
    const box = await chat.panel.boundingBox();
    expect(box && [box.x, box.y, box.width, box.height]).toEqual([0, 0, 390, 844]);
    expect(await chat.launcher.isVisible()).toBe(false);
    expect(await chat.input.evaluate((each) => getComputedStyle(each).fontSize)).toBe("16px");
    const shots = process.env["E2E_SCREENSHOTS"];
    if (shots) await page.screenshot({ path: `${shots}/phone.png` });
    await chat.ask(question);
    await chat.answered();
    const session = await context.newCDPSession(page);
    for (const [y, distance] of [
      [400, -300],
      [400, 600],
      [30, -300],
      [810, -300],
      [810, 300],
    ] as const) {
      await session.send("Input.synthesizeScrollGesture", {
        x: 195,
        y,
        yDistance: distance,
        gestureSourceType: "touch",
        speed: 3000,
      });
      expect(await page.evaluate(() => scrollY), `${y} ${distance}`).toBe(500);
    }
    await page.locator('customgpt-widget [part~="close"]').tap();
    await chat.launcher.waitFor({ state: "visible" });
    expect(await page.evaluate(() => scrollY)).toBe(500);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
