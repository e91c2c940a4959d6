/** Connections cut after any byte of an answer: the answer is completed word for word, and asked once. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, visit } from "../testing/browser.ts";
import { type RestartableDemo, startRestartableDemo } from "../testing/restartable-demo.ts";
import { stretchWire, type Wire } from "../testing/wire.ts";

/** Number of concurrent chats; each waits a third of a second for its second try. */
const together = 40;
/** Step in bytes between cuts in the response's head, where the position matters less. */
const headStep = 20;
/** CUT_EVERY=1 breaks it after every single byte of the body, one and a half minutes; else every seventh will do. */
const step = Number(process.env["CUT_EVERY"] ?? 7);

const question = "How is the bread?";
/** Short, with everything that a cut could break: emphasis, code, a list, and characters of two, three and four bytes. */
const knows = `<title>Bread</title><main><h1>Bread</h1><p>Crêpes <b>新鲜</b> 🥐👩‍🍳</p><ul><li><code>a&lt;b</code></li></ul></main>`;
const text = "Crêpes **新鲜** 🥐👩‍🍳\n\n- `a<b`";

let browser: Browser;
let demo: RestartableDemo;
/** Wire to the page, which is on another origin than the chats' proxies. */
let road: Wire;

beforeAll(async () => {
  road = await stretchWire(() => demo.address());
  [browser, demo] = await Promise.all([
    openBrowser(),
    startRestartableDemo({ pace: { firstMs: 0, everyMs: 0 }, knows, allowedOrigins: [road.address] }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await road.close();
  await demo.close();
});

/** What a new chat, which reaches its proxy over this wire, tells the page and shows the visitor. */
function answerOver(page: Page, { address }: Wire) {
  return page.evaluate(
    async ([proxy, asked]) => {
      const place = document.createElement("div");
      place.id = `chat-${new URL(proxy).port}`;
      const tag = document.createElement("script");
      Object.assign(tag.dataset, { proxy, mode: "inline", target: `#${place.id}` });
      tag.src = "/widget.js";
      document.body.append(place, tag);
      await new Promise((resolve) => tag.addEventListener("load", resolve));
      const chat = place.querySelector("customgpt-widget");
      if (!chat?.handle) throw new Error("The tag made no chat.");
      const told = new Promise<unknown>((resolve) => {
        for (const name of ["customgpt-answer", "customgpt-problem"])
          chat.addEventListener(name, (event) => resolve(Reflect.get(event, "detail")));
      });
      chat.handle.ask(asked);
      const detail = JSON.parse(JSON.stringify(await told));
      const drawn = () => chat.shadowRoot?.querySelectorAll("[part~=answer]:not([aria-busy])") ?? [];
      while (drawn().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      const shown = [...drawn()].map((each) => each.textContent);
      chat.handle.destroy();
      place.remove();
      tag.remove();
      for (const key of Object.keys(localStorage)) if (key.includes(proxy)) localStorage.removeItem(key);
      return { ...detail, turn: null, shown };
    },
    [address, question] as const,
  );
}

it("with the connection cut at any byte, the answer is completed word for word, and asked once", async () => {
  const { page, context } = await visit(browser, { reducedMotion: "reduce" });
  await page.goto(road.address);
  const wires = await Promise.all(Array.from({ length: together }, () => stretchWire(() => demo.address())));
  const [first] = wires;
  if (!first) throw new Error("There is no wire.");
  const whole = await answerOver(page, first);
  expect(whole).toMatchObject({ text, citations: [{ title: "Bread" }], shown: ["Crêpes 新鲜 🥐👩‍🍳a<b"] });

  const { head, length } = first.longestStream;
  const places = Array.from({ length }, (_, at) => at).filter(
    (at) => at % (at >= head ? step : headStep) === 0,
  );
  const before = demo.questionsSeen();
  const asked = places.length;
  const cutAt: number[] = [];
  const missed: number[] = [];
  async function breakAndAsk(wire: Wire) {
    for (let at = places.shift(); at !== undefined; at = places.shift()) {
      const cutsBefore = wire.cuts;
      // Every second time the second connection breaks too.
      wire.cutStreamsAfter(at, 1 + (at % 2));
      expect(await answerOver(page, wire), `cut after ${at} bytes`).toEqual(whole);
      // In how many pieces the events go depends on how busy the machine is, and on that how long the response is.
      if (wire.cuts > cutsBefore) cutAt.push(at);
      else if (wire.longestStream.length > at) missed.push(at);
    }
  }
  await Promise.all(wires.map(breakAndAsk));
  expect(demo.questionsSeen() - before).toBe(asked);
  expect(missed).toEqual([]);
  expect(cutAt.filter((at) => at < head).length).toBeGreaterThan(5);
  expect(cutAt.filter((at) => at > head).length).toBeGreaterThan(20);
  await context.close();
  await Promise.all(wires.map((wire) => wire.close()));
}, 400_000);
