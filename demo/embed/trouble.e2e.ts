/** Pages that replace the chat's elements, redefine built-ins, or block its proxy: it recovers, and reports the cause. */
import type { Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Embedding, openEmbedding } from "../testing/embedding.ts";
import { type TestDemo, startTestDemo } from "../testing/test-demo.ts";
import { stretchWire, type Wire } from "../testing/wire.ts";

let here: Embedding;
let wire: Wire;
/** A proxy that allows other sites than the one of the tests. */
let stranger: TestDemo;

beforeAll(async () => {
  here = await openEmbedding();
  stranger = await startTestDemo({ environment: { ALLOWED_ORIGINS: "https://elsewhere.example" } });
  wire = await stretchWire(() => here.demo.address);
});
afterAll(async () => {
  await wire.close();
  await stranger.close();
  await here.close();
});

const question = "What does the proxy do?";
const plain = (head = "", body = here.tag()) =>
  `<!doctype html><html lang="en"><head><title>Own</title>${head}</head><body><main>Own</main>${body}</body></html>`;
const wired = (attributes = "async") => `<script src="${wire.address}/widget.js" ${attributes}></script>`;

describe("a page that changes its own content", () => {
  it.each([
    ["empties its body", "document.body.innerHTML = '<p>Next page</p>'"],
    [
      "swaps its body for a new one",
      "document.documentElement.replaceChild(document.createElement('body'), document.body)",
    ],
    [
      "swaps in a body that is a copy of its own, chat and tag included",
      `const next = document.body.cloneNode(true);
      document.body.replaceWith(next);
      for (const old of next.querySelectorAll("script")) {
        const fresh = document.createElement("script");
        for (const { name, value } of old.attributes) fresh.setAttribute(name, value);
        old.replaceWith(fresh);
      }`,
    ],
    [
      "swaps its body from a parsed text",
      "document.body = new DOMParser().parseFromString(document.documentElement.outerHTML, 'text/html').body",
    ],
    [
      "is written anew",
      "document.open(); document.write('<!doctype html><title>New</title><p>Written anew'); document.close()",
    ],
    ["removes the element", "document.querySelector('customgpt-widget').remove()"],
    [
      "goes elsewhere by pushState",
      "history.pushState({}, '', '/elsewhere'); document.querySelector('main').textContent = 'Elsewhere'",
    ],
  ])("%s has the chat again, once, open and with its conversation", async (_, change) => {
    const { page, context, chat, complaints } = await here.enter(plain());
    await chat.open();
    await chat.ask(question);
    const answer = await chat.answered();
    await page.evaluate(`{${change}}`);
    await expect.poll(() => chat.questions.count()).toBe(1);
    expect(await page.locator("customgpt-widget").count()).toBe(1);
    expect(await chat.answered()).toBe(answer);
    await chat.ask("Is it accessible?");
    await chat.answered(2);
    expect(await page.locator("customgpt-widget").count()).toBe(1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("and is left and restored has one chat, with its conversation", async () => {
    const { page, context, chat, complaints } = await here.enter(plain());
    await chat.open();
    await chat.ask(question);
    const answer = await chat.answered();
    const away = here.site.put(plain());
    await page.goto(away);
    await chat.panel.waitFor({ state: "visible" });
    expect(await chat.answered()).toBe(answer);
    await page.goBack();
    await chat.panel.waitFor({ state: "visible" });
    expect(await page.locator("customgpt-widget").count()).toBe(1);
    expect(await chat.answered()).toBe(answer);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe("a page that redefines built-in objects", () => {
  it("changes nothing that is sent, stored or read", async () => {
    const { context, chat, complaints } = await here.enter(
      plain(
        `<script>
        Array.prototype.toJSON = function () { return "[" + this.join() + "]" };
        Array.prototype.each = Array.prototype.last = function () {};
        Object.prototype.extra = function () {};
        Element.prototype.remove2 = 1;
        window.name = "own"; window.$ = window._ = window.process = window.module = window.exports = {};
        </script>`,
        `${here.tag("defer")}<script>addEventListener("load", () => {
          window.fetch = () => Promise.reject(new Error("patched"));
          window.XMLHttpRequest = window.EventSource = null;
        })</script>`,
      ),
    );
    await chat.open();
    await chat.ask("Which attributes does the script tag have?");
    expect((await chat.answered()).length).toBeGreaterThan(60);
    await chat.ask("Is it accessible?");
    await chat.answered(2);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

describe("storage", () => {
  it.each([
    [
      "is blocked",
      `for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError") } })`,
    ],
    ["is full", `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }`],
    ["holds rubbish", `Storage.prototype.getItem = () => '{"version":1,"ref":[],"pending":{"id":7}}'`],
    [
      "is not there",
      `for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { value: null })`,
    ],
  ])("that %s loses the stored conversation and nothing else", async (_, script) => {
    const { context, chat, complaints } = await here.enter(plain(`<script>${script}</script>`));
    await chat.open();
    await chat.ask(question);
    await chat.answered();
    await chat.ask("Is it accessible?");
    await chat.answered(2);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("in a frame without an origin: the chat shows that it is not available, and the console says why", async () => {
    const { page, context, complaints } = await here.enter(
      `<!doctype html><body><iframe sandbox="allow-scripts" width="800" height="700" src="${here.site.put(plain())}"></iframe>`,
    );
    const frame = page.frameLocator("iframe");
    const part = (name: string) => frame.locator(`customgpt-widget [part~="${name}"]`);
    await part("launcher").click();
    await part("input").fill(question);
    await part("send").click();
    await part("notice").first().waitFor({ timeout: 15_000 });
    expect(await part("notice").first().innerText()).toContain("This chat isn’t available right now.");
    expect(complaints.join()).toContain("no page without an origin");
    expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
    await context.close();
  });
});

describe("a proxy that cannot be reached", () => {
  it("leaves the launcher, shows a message, and is tried again", async () => {
    const { page, context, chat, complaints } = await here.enter(plain("", ""));
    await page.evaluate(
      `{const tag = document.createElement("script"); tag.src = "${wire.address}/widget.js"; document.body.append(tag)}`,
    );
    await chat.launcher.waitFor({ state: "visible" });
    await chat.open();
    await chat.ask(question);
    await chat.answered();
    wire.down(true);
    await chat.ask("Is it accessible?");
    await chat.notice.first().waitFor({ state: "visible", timeout: 40_000 });
    expect(await chat.notice.first().innerText()).toContain("can’t be reached");
    wire.down(false);
    await page.locator('customgpt-widget [part~="notice"] button').first().click();
    expect((await chat.answered(2)).length).toBeGreaterThan(20);
    expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
    await context.close();
  });

  it.each([
    [
      "whose address the page's own policy forbids",
      () => ({
        tag: wired(),
        headers: { "content-security-policy": `script-src ${wire.address}; connect-src 'none'` },
        warning: `add ${wire.address} to connect-src`,
      }),
    ],
    [
      "that does not know the page's origin",
      () => ({
        tag: `<script src="${stranger.address}/widget.js" async></script>`,
        headers: {},
        warning: `add ${here.site.address} to the proxy's ALLOWED_ORIGINS`,
      }),
    ],
    [
      "that knows no such agent",
      () => ({ tag: wired('data-agent="sales" async'), headers: {}, warning: 'knows no agent "sales"' }),
    ],
  ])(
    "%s still has a launcher, tells the owner the cause, and shows visitors a message at once",
    async (_, given) => {
      const { tag, headers, warning } = given();
      const { page, context, chat, complaints } = await here.enter(plain("", tag), { headers });
      await chat.launcher.waitFor({ state: "visible" });
      await expect
        .poll(() => complaints.filter((each) => each.includes("customgpt-widget:")))
        .toHaveLength(1);
      expect(complaints.find((each) => each.includes("customgpt-widget:"))).toContain(warning);
      await chat.open();
      await chat.ask(question);
      await chat.notice.first().waitFor({ state: "visible" });
      await expect
        .poll(() => chat.notice.first().innerText())
        .toContain("This chat isn’t available right now.");
      expect(await chat.questions.first().innerText()).toContain(question);
      expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
      await page.close();
      await context.close();
    },
  );

  it("and has a newer chat than the cached tag works with it, and looks the same", async () => {
    const looks: unknown[] = [];
    for (const isOld of [false, true]) {
      const { page, context, chat, complaints } = await here.enter(plain("", ""));
      let chats = 0;
      await context.route("**/assets/main-000000.js*", (route) => (chats++, route.continue()));
      await context.route("**/widget.js", async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        expect(text).toMatch(/main-[\w-]{6}\.js/);
        await route.fulfill({
          response,
          body: isOld ? text.replace(/main-[\w-]{6}\.js/, "main-000000.js") : text,
        });
      });
      await page.evaluate(
        `{const tag = document.createElement("script"); tag.src = "${here.demo.address}/widget.js"; document.body.append(tag)}`,
      );
      await chat.open();
      await chat.ask(question);
      const answer = await chat.answered();
      const style = (part: string) =>
        page.locator(`customgpt-widget [part~="${part}"]`).evaluate((element) => {
          const { width, height } = element.getBoundingClientRect();
          const { backgroundColor, color, borderRadius } = getComputedStyle(element);
          return { width, height, backgroundColor, color, borderRadius };
        });
      looks.push({ answer, launcher: await style("launcher"), panel: await style("panel") });
      expect(chats).toBe(isOld ? 1 : 0);
      expect(complaints).toEqual([]);
      await context.close();
    }
    expect(looks[1]).toEqual(looks[0]);
  });

  const script = { contentType: "text/javascript", headers: { "access-control-allow-origin": "*" } };
  it.each([
    ["does not come", (route: Route) => route.abort()],
    ["comes empty", (route: Route) => route.fulfill({ ...script, body: "" })],
    ["comes broken", (route: Route) => route.fulfill({ ...script, body: "throw new Error('broken')" })],
  ])("when the chat's own file %s: the next click fetches it from another URL", async (_, spoil) => {
    const { page, context, chat, complaints } = await here.enter(plain("", ""));
    let refused = 0;
    await context.route(/\/assets\/main-/, (route) => (refused++ < 2 ? spoil(route) : route.continue()));
    await page.evaluate(
      `{const tag = document.createElement("script"); tag.src = "${here.demo.address}/widget.js"; document.body.append(tag)}`,
    );
    await chat.launcher.click();
    await expect.poll(() => complaints.at(-1)).toContain("the chat cannot be loaded");
    await chat.launcher.click();
    await chat.input.waitFor({ state: "visible" });
    await chat.ask(question);
    await chat.answered();
    expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
    await context.close();
  });

  it("when a cache keeps a copy of the script on the page's own site, under its name: the files are the proxy's", async () => {
    const { page, context, chat, complaints } = await here.enter(plain("", ""));
    await context.route("**/cache/widget.js", (route) =>
      route.fulfill({ ...script, path: "dist/widget/widget.js" }),
    );
    await page.evaluate(
      `{const tag = document.createElement("script"); tag.src = "/cache/widget.js";
        tag.dataset.proxy = "${here.demo.address}"; document.body.append(tag)}`,
    );
    await chat.open();
    await chat.ask(question);
    await chat.answered();
    expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
    await context.close();
  });

  it("when the chat's own file cannot be loaded for an inline chat: a button loads it again", async () => {
    const { page, context, chat, complaints } = await here.enter(
      plain("<style>#here{margin:100px 0 2000px}</style>", '<div id="here"></div>'),
    );
    let refused = 0;
    await context.route(/\/assets\/main-/, (route) => (refused++ < 4 ? route.abort() : route.continue()));
    await page.evaluate(
      `{const tag = document.createElement("script"); tag.src = "${here.demo.address}/widget.js";
        Object.assign(tag.dataset, { mode: "inline", target: "#here" }); document.body.append(tag)}`,
    );
    await chat.launcher.waitFor({ state: "visible" });
    const place = await page.locator("#here").boundingBox();
    const button = await chat.launcher.boundingBox();
    if (!place || !button) throw new Error("Nothing is shown.");
    expect(button.y).toBeGreaterThan(place.y);
    expect(button.y + button.height).toBeLessThan(place.y + place.height);
    // A second failed try, which must not remove the chat.
    await chat.launcher.press("Enter");
    await expect.poll(() => refused).toBe(4);
    await page.locator('customgpt-widget [title$="Try again"]').waitFor();
    expect(await chat.launcher.evaluate((button) => button.matches(":focus"))).toBe(true);
    await page.keyboard.press("Enter");
    await chat.input.waitFor({ state: "visible" });
    expect(await chat.launcher.count()).toBe(0);
    expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
    await context.close();
  });

  it("when a reloaded page fetches the files of its conversation: it retries by itself", async () => {
    const { page, context, chat, complaints } = await here.enter(plain());
    await chat.open();
    await chat.ask(question);
    const answer = await chat.answered();
    const refused = new Map<string, number>();
    await context.route(/\/assets\/(?!main-)/, (route) => {
      const { pathname } = new URL(route.request().url());
      const times = refused.get(pathname) ?? 0;
      refused.set(pathname, times + 1);
      return times < 2 ? route.abort() : route.continue();
    });
    await page.reload();
    expect(await chat.answered()).toBe(answer);
    await chat.ask("Is it accessible?");
    await chat.answered(2);
    expect(refused.size).toBeGreaterThan(2);
    expect(complaints.filter((each) => each.startsWith("uncaught"))).toEqual([]);
    await context.close();
  });
});
