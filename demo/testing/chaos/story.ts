/** Story of a visitor with two tabs: its events, and the checks at its end. */
import { UpstreamFailure } from "../../../proxy/upstream/errors.ts";
import type { StorageFault } from "../tab/page-storage.ts";
import type { Visitor } from "../tab/visitor.ts";
import type { TwoTabs } from "./two-tabs.ts";

/** Milliseconds in which all turns must end by themselves. */
const patience = 600_000;
const maxPresses = 20;

const closedLauncher = '[part~="launcher"][aria-expanded="false"]';
const stoppedWords = "You stopped this answer.";

export type Story = ReturnType<typeof createStory>;

export function createStory(browser: TwoTabs) {
  const { service, time, kept } = browser;
  /** Questions that were in the transcript, with the maximum number of times that each may reach the service. */
  const asked = new Map<string, number>();
  /** The tab in which each was asked. */
  const places = new Map<string, number>();
  /** Questions that need not be shown: archived by starting over, or not stored because storage failed. */
  const excused = new Set<string>();
  /** Failed questions before a later one; only the last failed one is stored. */
  const passedOver = new Set<string>();
  const refusals = { left: 0 };
  let old = new Map<string, string>();
  let isWhole = true;
  let questions = 0;

  const ask = service.upstream.ask.bind(service.upstream);
  service.upstream.ask = (...given) => {
    if (refusals.left === 0) return ask(...given);
    refusals.left--;
    return Promise.reject(new UpstreamFailure("upstream-busy", "busy", 1));
  };

  function passOver(visitor: Visitor): void {
    for (const question of asked.keys())
      if (visitor.isExplained(question) && !visitor.isAnswered(question)) passedOver.add(question);
  }

  /** Forgets what only this page has shown. */
  function leave(which: number): void {
    if (!isWhole) excuseAll();
    for (const question of passedOver) if (places.get(question) === which) excused.add(question);
  }

  /** A refused conversation is replaced by a new one, and is in the list of earlier ones by its first question. */
  function excuseEarlier(): void {
    const all = [...kept.items.values()].join();
    const isEarlier = (question: string) => all.includes('"earlier"') && all.includes(`"name":"${question}"`);
    for (const questions of service.conversations())
      if (questions.some(isEarlier)) questions.forEach((question) => excused.add(question));
  }

  const excuseAll = () => asked.forEach((_times, question) => excused.add(question));

  function lose(): void {
    isWhole = false;
    excuseAll();
  }

  async function opened(which: number): Promise<Visitor> {
    const visitor = await browser.at(which);
    visitor.press(closedLauncher);
    await visitor.waitUntil(visitor.isOpen, 2_000);
    return visitor;
  }

  /** Presses the first button of a problem message, if there is one. */
  function press(visitor: Visitor): boolean {
    const { HTMLElement } = visitor.tab.window;
    const [button] = visitor.actionButtons();
    if (!(button instanceof HTMLElement)) return false;
    const turn = button.closest(".turn, .plain")?.textContent ?? "";
    if (button.textContent.includes("Start over")) excuseAll();
    for (const [question, times] of asked)
      if (turn.includes(question) && turn.includes(stoppedWords)) asked.set(question, times + 1);
    button.click();
    return true;
  }

  /** Waits until all turns have ended, and presses buttons meanwhile. Returns a failure message if they never do. */
  async function calm(visitor: Visitor): Promise<string | null> {
    for (let presses = 0; presses < maxPresses; presses++) {
      visitor.press(closedLauncher);
      await visitor.waitUntil(
        () => visitor.isOpen() && (visitor.isCalm() || visitor.actionButtons().length > 0),
        patience,
      );
      if (press(visitor)) await time.pass(50);
      else return visitor.isOpen() && visitor.isCalm() ? null : `never ends: ${visitor.text()}`;
    }
    return `pressed in vain: ${visitor.text()}`;
  }

  /** A question that was not stored, or was certainly refused, is shown only where it was asked. */
  const mustShow = (question: string, which: number) => {
    const isHere = places.get(question) === which && (isWhole || new Set(places.values()).size === 1);
    return (
      !excused.has(question) &&
      (isHere || (isWhole && service.asked.has(question) && !passedOver.has(question)))
    );
  };

  function wrongAt(visitor: Visitor, which: number): string | null {
    for (const [question, times] of asked) {
      const shown = visitor.shown(question);
      // A question that was stopped and asked again is stored twice, and shown once only in the tab of the retry.
      if (shown > times) return `${question} is shown ${shown} times`;
      if (shown === 0 && mustShow(question, which)) return `${question} is lost: ${visitor.text()}`;
      if (shown > 0 && !visitor.isAnswered(question) && !visitor.isExplained(question))
        return `${question} is not answered, and nothing says why: ${visitor.text()}`;
    }
    return null;
  }

  return {
    browser,
    refusals,
    async ask(which: number): Promise<void> {
      const visitor = await opened(which);
      const question = `Question ${String(++questions).padStart(3, "0")}`;
      await visitor.send(question);
      await visitor.waitUntil(() => visitor.shown(question) > 0, 200);
      if (visitor.shown(question) > 0) {
        browser.visitors().forEach(passOver);
        asked.set(question, 1);
      }
      places.set(question, which);
      if (kept.fault !== "none") isWhole = false;
    },
    pressRemedy: (which: number) => browser.isThere(which) && browser.at(which).then(press),
    async stop(which: number): Promise<void> {
      if (browser.isThere(which)) (await browser.at(which)).press('[part~="stop"]');
    },
    async reload(which: number): Promise<void> {
      leave(which);
      await browser.reload(which);
    },
    close(which: number): void {
      leave(which);
      browser.close(which);
    },
    async open(which: number): Promise<void> {
      await opened(which);
    },
    setStorageFault(fault: StorageFault): void {
      kept.fault = fault;
      if (fault !== "none") isWhole = false;
    },
    tamper(change: (items: Map<string, string>) => void): void {
      old = new Map(kept.items);
      change(kept.items);
      lose();
    },
    bringBackOld(): void {
      for (const [key, value] of old) kept.items.set(key, value);
      lose();
    },
    /** Ends all faults, and returns what is wrong nevertheless. */
    async end(): Promise<string | null> {
      browser.testNetwork.heal();
      browser.setOnline(true);
      kept.fault = "none";
      refusals.left = 0;
      await opened(0);
      // Delayed files have been loaded by then, or replaced.
      await time.pass(30_000);
      for (const round of ["first", "second"])
        for (const visitor of browser.visitors()) {
          const wrong = await calm(visitor);
          if (wrong) return `${round}: ${wrong}`;
        }
      excuseEarlier();
      // A conversation is rendered from its end, a few turns in each frame.
      await time.pass(1_000);
      for (const which of [0, 1].filter(browser.isThere)) {
        const wrong = wrongAt(await browser.at(which), which);
        if (wrong) return `tab ${which}: ${wrong}`;
      }
      for (const [question, times] of service.asked)
        if (times > (asked.get(question) ?? 1)) return `${question} was asked ${times} times`;
      // A refused question is shown only where it was asked.
      const isSame = (question: string) =>
        !passedOver.has(question) && !excused.has(question) && asked.get(question) === 1;
      const reached = [...service.asked.keys()].filter(isSame);
      const isReached = (turn: string) => reached.some((question) => turn.includes(question));
      const shown = new Set(
        browser.visitors().map((visitor) => visitor.turns().filter(isReached).join("\n")),
      );
      if (isWhole && shown.size > 1) return `the tabs differ: ${[...shown].join(" | ")}`;
      return null;
    },
  };
}
