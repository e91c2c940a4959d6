/** Page object of the chat: its parts by their public names, and a visitor's actions. */
import type { Locator, Page } from "playwright-core";

export type ChatPage = {
  launcher: Locator;
  panel: Locator;
  input: Locator;
  send: Locator;
  stop: Locator;
  starters: Locator;
  notice: Locator;
  citations: Locator;
  questions: Locator;
  answers: Locator;
  /** The newest answer. */
  answer: Locator;
  /** Opens the chat, unless the tab had it open on the page before and opens it by itself. */
  open(): Promise<void>;
  ask(question: string): Promise<void>;
  /** Waits until the newest answer is complete and returns its text. */
  answered(count?: number): Promise<string>;
};

export function chatOn(page: Page): ChatPage {
  const part = (name: string) => page.locator(`customgpt-widget [part~="${name}"]`);
  const answers = part("answer");
  const chat: ChatPage = {
    launcher: part("launcher"),
    panel: part("panel"),
    input: part("input"),
    send: part("send"),
    stop: part("stop"),
    starters: part("starter"),
    notice: part("notice"),
    citations: part("citation"),
    questions: page.locator('customgpt-widget [part~="message"][data-from="visitor"]'),
    answers,
    answer: answers.last(),
    async open() {
      if ((await chat.launcher.getAttribute("aria-expanded")) !== "true") await chat.launcher.click();
      await chat.input.waitFor({ state: "visible" });
    },
    async ask(question) {
      await chat.input.fill(question);
      await chat.send.click();
    },
    async answered(count = 1) {
      await answers.nth(count - 1).waitFor({ state: "attached", timeout: 20_000 });
      await page.waitForFunction(
        (expected) => {
          const root = document.querySelector("customgpt-widget")?.shadowRoot;
          const found = root?.querySelectorAll('[part~="answer"]') ?? [];
          return (
            found.length >= expected && [...found].every((each) => each.getAttribute("aria-busy") !== "true")
          );
        },
        count,
        // Not at each frame, which would have the page draw frames of its own for that.
        { timeout: 45_000, polling: 50 },
      );
      return (await answers.nth(count - 1).innerText()).trim();
    },
  };
  return chat;
}
