/** Visitor of the chat in a tab: reads it, asks, presses its buttons, and waits. */
import type { ManualTime } from "../../../proxy/testing/manual-time.ts";
import { answerTo } from "./service.ts";
import type { Tab } from "./tab.ts";

/** Milliseconds that a visitor waits for a result or a button. */
const patience = 180_000;
const maxPresses = 12;

/** Buttons of problem messages, in the order in which a visitor would press them. */
const actionButtons = '[part~="notice"] .secondary:not([aria-disabled=true]), [part~="notice"] .starter';

export type Visitor = ReturnType<typeof visitorAt>;

export function visitorAt(tab: Tab, time: ManualTime) {
  const { window } = tab;
  const root = () => window.document.querySelector("customgpt-widget")?.shadowRoot ?? null;
  const all = (selector: string) => [...(root()?.querySelectorAll(selector) ?? [])];
  const first = (selector: string) => all(selector)[0];
  const field = () => {
    const found = first("textarea");
    return found instanceof window.HTMLTextAreaElement ? found : null;
  };

  function press(selector: string): boolean {
    const found = first(selector);
    if (!(found instanceof window.HTMLElement)) return false;
    found.click();
    return true;
  }

  function type(text: string): void {
    const input = field();
    if (!input) return;
    input.value = text;
    input.dispatchEvent(new window.InputEvent("input", { bubbles: true }));
  }

  /** Presses the last button or link that matches the selector and contains these words. */
  function pressLast(selector: string, words = ""): boolean {
    const found = all(selector).findLast((each) => each.textContent.includes(words));
    if (!(found instanceof window.HTMLElement)) return false;
    found.click();
    return true;
  }

  /** The parts of the transcript that show this question. */
  const turnsOf = (question: string) =>
    all('[data-from="visitor"]')
      .filter((each) => each.textContent.includes(question))
      .map((each) => each.closest(".turn, .plain"));

  const isOpen = () =>
    first('[part~="launcher"]')?.getAttribute("aria-expanded") === "true" && field() !== null;

  const isAnswered = (question: string) =>
    turnsOf(question).some((turn) => {
      const answer = turn?.querySelector('[part~="answer"]');
      const text = answer?.textContent.replaceAll("*", "") ?? "";
      return (
        answer?.getAttribute("aria-busy") !== "true" && text.includes(answerTo(question).replaceAll("*", ""))
      );
    });

  /** Selectors of the buttons that lead on, best first. */
  function nextButtons(): string[] {
    // The buttons of a closed panel cannot be pressed.
    const found = first('[part~="panel"]')?.hasAttribute("hidden") ? [] : [actionButtons];
    if (field()?.value) found.push('[part~="send"]:not([aria-disabled=true])');
    if (!isOpen()) found.push('[part~="launcher"]');
    return found.filter((selector) => first(selector));
  }

  async function waitUntil(isSo: () => boolean, timeoutMs = patience): Promise<boolean> {
    const end = time.clock() + timeoutMs;
    for (let step = 20; time.clock() < end; step = Math.min(step * 1.5, 5_000)) {
      if (isSo()) return true;
      await time.pass(step);
    }
    return isSo();
  }

  /** Presses buttons until the condition holds; returns a failure message if it never does. */
  async function pressUntil(isSo: () => boolean): Promise<string | null> {
    for (let presses = 0; presses < maxPresses; presses++) {
      await waitUntil(() => isSo() || nextButtons().length > 0);
      if (isSo()) return null;
      const [button] = nextButtons();
      if (button) press(button);
      else return `nothing to press: ${root()?.textContent ?? "no chat"}`;
      await time.pass(50);
    }
    return isSo() ? null : `pressed in vain: ${root()?.textContent ?? "no chat"}`;
  }

  return {
    tab,
    press,
    pressLast,
    sees: (selector: string) => all(selector).length > 0,
    isOpen,
    isAnswered,
    waitUntil,
    pressUntil,
    shown: (question: string) => turnsOf(question).length,
    /** The buttons of problem messages. */
    actionButtons: () => all(actionButtons),
    /** Presses the first of these buttons, if any. */
    pressAction: () => press(actionButtons),
    /** Whether no turn is running. */
    isCalm: () => all('[aria-busy="true"], .loading').length === 0,
    /** Whether a problem message is shown under the question. */
    isExplained: (question: string) =>
      turnsOf(question).some((turn) => Boolean(turn?.querySelector('[part~="notice"]')?.textContent)),
    /** The text of each shown turn. */
    turns: () => all(".turn, .plain").map((turn) => turn.textContent),
    text: () => root()?.textContent ?? "no chat",
    /** Whether the visitor sees the question: asked, or still in the field. */
    has: (question: string) => turnsOf(question).length > 0 || (field()?.value ?? "").includes(question),
    async send(question: string): Promise<void> {
      type(question);
      await time.pass(50);
      field()?.dispatchEvent(
        new window.KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }),
      );
    },
  };
}
