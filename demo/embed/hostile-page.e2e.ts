/** Pages that interfere with the chat, on purpose or not: it stays usable. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";

let here: Embedding;

beforeAll(async () => {
  here = await openEmbedding();
});
afterAll(async () => {
  await here.close();
});

const pageWith = (head: string, attributes?: string) =>
  `<!doctype html><html lang="en"><title>Hostile</title>${head}<body><h1>Host</h1><div style="height:3000px">tall</div>${here.tag(attributes)}`;

/** Prevents the default of events outside fields, as copy protection does; the chat is not a field to it. */
const cancels = (type: string) =>
  `<script>for (const place of [window, document]) place.addEventListener("${type}", (event) => {
    if (!/^(INPUT|TEXTAREA|SELECT|BUTTON|A)$/.test(event.target.tagName)) event.preventDefault();
  }, { passive: false });</script>`;

it.each(["mousedown", "pointerdown", "selectstart", "click", "touchstart"])(
  "the field takes the focus by mouse where the page cancels %s",
  async (type) => {
    const { context, page, chat } = await here.enter(pageWith(cancels(type)));
    await chat.open();
    await page.evaluate(() => {
      const focused = document.querySelector("customgpt-widget")?.shadowRoot?.activeElement;
      if (focused instanceof HTMLElement) focused.blur();
    });
    await chat.input.click();
    await page.keyboard.type("Hello");
    await expect.poll(() => chat.input.inputValue()).toBe("Hello");
    await context.close();
  },
);

it("the transcript scrolls on a page with a smooth-scrolling script, and the page does not move", async () => {
  const { context, page, chat } = await here.enter(
    pageWith(`<script>let y = 0; addEventListener("wheel", (event) => {
      event.preventDefault(); scrollTo(0, (y += event.deltaY));
    }, { passive: false });</script>`),
    { profile: { viewport: { width: 1280, height: 500 } } },
  );
  await chat.open();
  for (const question of ["What does the proxy do?", "What does the widget do?"]) {
    await chat.ask(question);
    await chat.answered((await chat.answers.count()) || 1);
  }
  const scrolled = () =>
    page.evaluate(
      () =>
        document.querySelector("customgpt-widget")?.shadowRoot?.querySelector(".transcript")?.scrollTop ?? 0,
    );
  await page.evaluate(() => {
    const frame = document.querySelector("customgpt-widget")?.shadowRoot?.querySelector(".transcript");
    if (frame) frame.scrollTop = 0;
  });
  await chat.questions.first().hover();
  await page.mouse.wheel(0, 120);
  await expect.poll(scrolled).toBeGreaterThan(20);
  expect(await page.evaluate("scrollY")).toBe(0);
  await context.close();
});

it("keys typed into the chat are no shortcuts of a page with capturing listeners", async () => {
  const { context, page, chat } = await here.enter(
    pageWith(`<script>addEventListener("keydown", (event) => {
      if (/INPUT|TEXTAREA/.test(event.target.tagName) || event.target.isContentEditable) return;
      document.title += event.key;
      event.preventDefault();
    }, true);</script>`),
  );
  await chat.open();
  await chat.input.click();
  await page.keyboard.type("k/?");
  expect(await chat.input.inputValue()).toBe("k/?");
  expect(await page.title()).toBe("Hostile");
  await context.close();
});

/** Ids and names that sanitizers allow; a document's named elements shadow its own members. */
const members =
  "currentScript scripts body readyState prerendering querySelector createElement createElementNS createTextNode " +
  "addEventListener visibilityState getElementById defaultView";
const disguises = members.split(" ").map((name) => `<img name=${name}><form name=${name}></form>`);

it.each([
  ["every member of the document that the chat reads", disguises.join("")],
  [
    "a form with a field of a function's name",
    "<form id=CustomGPTWidget><input name=add><input name=q></form>",
  ],
  ["links of the queue's name", "<a id=CustomGPTWidget></a><a id=CustomGPTWidget name=q></a>"],
  ["a form of the global's name", "<form name=CustomGPTWidget><input name=add></form>"],
])("the chat answers on a page into which a stranger wrote %s", async (_what, html) => {
  const { context, chat, complaints } = await here.enter(pageWith(html));
  await chat.open();
  await chat.ask("What does the proxy do?");
  // Without the document's members, which the page shadows.
  await expect.poll(() => chat.answer.getAttribute("aria-busy"), { timeout: 20_000 }).not.toBe("true");
  expect(await chat.answer.innerText()).toMatch(/\w/);
  expect(complaints).toEqual([]);
  await context.close();
});

it("a stranger's element does not use the stranger's proxy", async () => {
  const { context, page, chat, requests } = await here.enter(
    pageWith('<customgpt-widget proxy="http://127.0.0.1:9" title="Bank"></customgpt-widget>'),
  );
  await chat.open();
  await chat.ask("What does the proxy do?");
  expect(await chat.answered()).toMatch(/\w/);
  expect(requests.filter((address) => address.startsWith("http://127.0.0.1:9/"))).toEqual([]);
  expect(await page.locator("customgpt-widget").count()).toBe(1);
  await context.close();
});
