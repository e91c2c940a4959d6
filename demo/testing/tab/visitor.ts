/** What a visitor sees of the chat in a tab, and does: asks, presses what there is to press, and waits. */
import type { ManualTime } from "../../../proxy/testing/manual-time.ts";
import { answerTo } from "./service.ts";
import type { Tab } from "./tab.ts";

/** Milliseconds a visitor waits for something to happen or to be pressed. */
const patience = 180_000;
const maxPresses = 12;

/** What a button is pressed for, in the order in which a visitor would. */
const remedies = '[part~="notice"] .secondary:not([aria-disabled=true]), [part~="notice"] .starter';

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

  /** The last of the buttons and links that carry these words, or that stand for this part. */
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

  /** What there is to press to come further, best first. */
  function ways(): string[] {
    // Nothing in a panel that is put away can be pressed.
    const found = first('[part~="panel"]')?.hasAttribute("hidden") ? [] : [remedies];
    if (field()?.value) found.push('[part~="send"]:not([aria-disabled=true])');
    if (!isOpen()) found.push('[part~="launcher"]');
    return found.filter((selector) => first(selector));
  }

  async function until(isSo: () => boolean, timeoutMs = patience): Promise<boolean> {
    const end = time.clock() + timeoutMs;
    for (let step = 20; time.clock() < end; step = Math.min(step * 1.5, 5_000)) {
      if (isSo()) return true;
      await time.pass(step);
    }
    return isSo();
  }

  /** Presses what there is until it is so; returns what is wrong if it never is. */
  async function pursue(isSo: () => boolean): Promise<string | null> {
    for (let presses = 0; presses < maxPresses; presses++) {
      await until(() => isSo() || ways().length > 0);
      if (isSo()) return null;
      const [way] = ways();
      if (way) press(way);
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
    until,
    pursue,
    shown: (question: string) => turnsOf(question).length,
    /** What there is to press against what went wrong. */
    remedies: () => all(remedies),
    /** Presses the first of them, if any. */
    remedy: () => press(remedies),
    /** Whether nothing is on its way. */
    isCalm: () => all('[aria-busy="true"], .loading').length === 0,
    /** Whether words stand under the question that say why there is no answer. */
    isExplained: (question: string) =>
      turnsOf(question).some((turn) => Boolean(turn?.querySelector('[part~="notice"]')?.textContent)),
    /** Each turn as it stands there. */
    turns: () => all(".turn, .plain").map((turn) => turn.textContent),
    text: () => root()?.textContent ?? "no chat",
    /** Whether the question is before the visitor: asked, or still in the field. */
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
