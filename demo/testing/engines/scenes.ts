/** Scenes that must pass in every engine: ask, stream, stop, resume, copy, and all of it by keyboard. */
import { object, parse, string } from "valibot";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDemo, startTestDemo } from "../test-demo.ts";
import { openOtherSite, type OtherSite } from "../other-site.ts";
import type { Engine, Tab } from "./engine.ts";

const soon = { timeout: 20_000 };
const question = "Which attributes does the script tag have?";
const short = "What does the proxy do?";
/** Question with a short answer that takes seconds with the slow service. */
const slow = "Which browsers does it support?";

/** The letters that an answer's markdown and its rendered text have in common, without addresses. */
const lettersOf = (text: string) => text.replace(/\]\(\S+\)|[^a-z]/gi, "");

/** The strictest policy that the chat supports, on another origin than the proxy's. */
function strictPolicy(demo: TestDemo): Record<string, string> {
  const proxy = demo.address;
  const sources = `script-src ${proxy}; connect-src ${proxy}; img-src ${proxy}`;
  return {
    "content-security-policy": `default-src 'none'; ${sources}; require-trusted-types-for 'script'`,
  };
}

export function playScenes(open: () => Promise<Engine>, keepsPages = false): void {
  let engine: Engine;
  let demo: TestDemo;
  let site: OtherSite;
  let tab: Tab;

  beforeAll(async () => {
    site = await openOtherSite();
    [engine, demo] = await Promise.all([
      open(),
      startTestDemo({ pace: { firstMs: 100, everyMs: 15 }, environment: { ALLOWED_ORIGINS: site.address } }),
    ]);
  });
  afterAll(async () => {
    await engine.close();
    await demo.close();
    await site.close();
  });

  beforeEach(async () => {
    demo.faultsOff();
    tab = await engine.newTab();
    const body = `<!doctype html><html lang="en"><title>A shop</title><body><p><a href="#top">The page</a>`;
    const tag = `<script src="${demo.address}/widget.js" async></script>`;
    await tab.goTo(site.put(body + tag, strictPolicy(demo)));
  });
  afterEach(() => tab.close());

  /** The whole answer, fetched without a browser. */
  async function wholeAnswer(prompt: string): Promise<string> {
    const response = await fetch(`${demo.address}/v1/agents/default/conversations`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json", origin: site.address },
      body: JSON.stringify({ prompt, turn: crypto.randomUUID() }),
    });
    return parse(object({ answer: string() }), await response.json()).answer;
  }

  const focused = () => tab.read((chat) => chat.activeElement?.getAttribute("part"));
  const isFocused = async (part: string) => {
    await expect.poll(focused, soon).toBe(part);
  };
  const answers = () =>
    tab.read((chat) =>
      [...chat.querySelectorAll<HTMLElement>("[part=answer]:not([aria-busy])")].map((each) => each.innerText),
    );
  const answered = async () => {
    await expect.poll(answers, { timeout: 40_000 }).toHaveLength(1);
    return (await answers()).join("");
  };
  const written = () =>
    tab.read((chat) => chat.querySelector("[part=answer][aria-busy]")?.textContent.length ?? 0);
  const untilStreaming = async () => {
    await expect.poll(written, soon).toBeGreaterThan(10);
  };

  async function ask(words: string) {
    await tab.press("[part=launcher]");
    await isFocused("input");
    await tab.type(words);
    await tab.press("[part=send]");
  }

  describe("a question", () => {
    it("is answered piece by piece, with its sources", async () => {
      await ask(short);
      await tab.read((chat) => {
        const lengths = new Set<number>();
        Reflect.set(window, "lengths", lengths);
        new MutationObserver(() =>
          lengths.add(chat.querySelector("[part=answer][aria-busy]")?.textContent.length ?? 0),
        ).observe(chat, { childList: true, characterData: true, subtree: true });
      });
      expect((await answered()).length).toBeGreaterThan(40);
      expect(await tab.read(() => Reflect.get(window, "lengths").size)).toBeGreaterThan(4);
      await expect
        .poll(() => tab.read((chat) => chat.querySelector("a[part=citation]")?.getAttribute("href")), soon)
        .toContain(demo.address);
    });

    it("can be asked, its answer copied, and the chat left, by keyboard alone", async () => {
      await expect
        .poll(() => tab.read((chat) => chat.querySelector(".launcher:not(.unknown)") !== null), soon)
        .toBe(true);
      await tab.key("Tab");
      await tab.key("Tab");
      await isFocused("launcher");
      await tab.key("Enter");
      await isFocused("input");
      await tab.type(short);
      await tab.key("Enter");
      const answer = await answered();
      const label = () =>
        tab.read((chat) => chat.activeElement?.ariaLabel ?? chat.activeElement?.getAttribute("title"));
      for (let presses = 0; presses < 30 && (await label()) !== "Copy answer"; presses++)
        await tab.key("Tab", "Shift");
      await tab.key("Enter");
      await expect
        .poll(() => tab.read((chat) => chat.querySelector("[aria-live=polite]")?.textContent), soon)
        .toBe("Copied");
      for (let presses = 0; presses < 30 && (await label()) !== "Your question"; presses++)
        await tab.key("Tab");
      await tab.paste();
      await expect
        .poll(() => tab.read((chat) => chat.querySelector("textarea")?.value ?? ""), soon)
        .not.toBe("");
      const pasted = await tab.read((chat) => chat.querySelector("textarea")?.value ?? "");
      expect(lettersOf(pasted)).toBe(lettersOf(answer));
      await tab.key("Escape");
      await isFocused("launcher");
      expect(await tab.read((chat) => chat.querySelector(".launcher")?.ariaExpanded)).toBe("false");
    });
  });

  describe("an answer", () => {
    it("can be stopped, at the service too, and what was said stays", async () => {
      demo.fault("slow");
      await ask(question);
      await untilStreaming();
      expect(demo.streamsOpen()).toBe(1);
      await tab.press("[part=stop]");
      await expect.poll(() => demo.streamsOpen(), soon).toBe(0);
      expect((await answered()).length).toBeGreaterThan(5);
      expect(await tab.read((chat) => chat.querySelector("[part=notice]")?.textContent)).toContain("stopped");
    });

    it("comes back whole when the page is reloaded in the middle of it, and was asked for once", async () => {
      const before = demo.questionsSeen();
      demo.fault("slow");
      await ask(slow);
      await untilStreaming();
      expect(demo.streamsOpen()).toBe(1);
      await tab.reload();
      const answer = await answered();
      expect(demo.questionsSeen() - before).toBe(1);
      demo.faultsOff();
      expect(lettersOf(answer)).toBe(lettersOf(await wholeAnswer(slow)));
    });

    it("comes back whole when the page is left in the middle of it, and come back to with Back", async () => {
      const before = demo.questionsSeen();
      demo.fault("slow");
      await ask(slow);
      await untilStreaming();
      await tab.read(() =>
        addEventListener("pageshow", ({ persisted }) => Reflect.set(window, "woken", persisted)),
      );
      await tab.goTo(site.put("<!doctype html><title>Elsewhere</title><p>Another page"));
      await tab.back();
      const answer = await answered();
      // As driven here, only WebKitGTK uses its back-forward cache.
      expect(await tab.read(() => Reflect.get(window, "woken") ?? null)).toBe(keepsPages || null);
      expect(demo.questionsSeen() - before).toBe(1);
      demo.faultsOff();
      expect(lettersOf(answer)).toBe(lettersOf(await wholeAnswer(slow)));
    });
  });
}
