/** What a visitor does while one of the chat's functions throws, and what they are owed whichever it is. */
import type { Stage } from "./tab/stage.ts";
import type { Visitor } from "./tab/visitor.ts";

export type Act = {
  readonly stage: Stage;
  /** A question that nobody has asked before. */
  readonly question: string;
  /** From here on it may throw. */
  readonly arm: () => void;
};

export type Scene = {
  /** How many functions throw, if not all. */
  readonly max: number;
  /** Those of which it once went wrong: they throw always. */
  readonly found?: readonly string[];
  /** Whether it has a chat before it arms; what is thrown before there is one leaves none, and nothing to keep. */
  readonly hasChat: boolean;
  /** Returns what went wrong. */
  readonly play: (act: Act) => Promise<string | null>;
};

type Owed = {
  /** How often it may have reached the service. */
  readonly max?: number;
};

function wrongWith({ service }: Stage, visitor: Visitor, question: string, { max = 1 }: Owed = {}) {
  const times = service.asked.get(question) ?? 0;
  if (times < 1 || times > max) return `asked ${times} times`;
  const shown = visitor.shown(question);
  return shown === 1 ? null : `shown ${shown} times`;
}

/** Sends a question, which is then before the visitor: asked, in the field, or in the field that a button brings back. */
async function send(visitor: Visitor, question: string): Promise<string | null> {
  await visitor.send(question);
  const isThere = () => visitor.has(question);
  await visitor.until(() => isThere() || visitor.remedies().length > 0, 2_000);
  return isThere() || (await visitor.pursue(isThere)) === null ? null : "the question is lost";
}

/** Asks in an open chat until it is answered. */
async function ask(
  stage: Stage,
  visitor: Visitor,
  question: string,
  owed: Owed = {},
): Promise<string | null> {
  return (
    (await send(visitor, question)) ??
    (await visitor.pursue(() => visitor.isAnswered(question))) ??
    wrongWith(stage, visitor, question, owed)
  );
}

/** Does something until it has come about, as visitors press again what did nothing, and the button that a failure offers. */
async function insist(visitor: Visitor, act: () => void, isSo: () => boolean): Promise<string | null> {
  for (let tries = 0; tries < 4; tries++) {
    if (isSo()) return null;
    act();
    await visitor.until(() => isSo() || visitor.remedies().length > 0, 3_000);
    if (!isSo()) visitor.remedy();
    await visitor.until(isSo, 100);
  }
  return isSo() ? null : `done in vain: ${visitor.text()}`;
}

const menu = '[aria-haspopup="menu"]';

/** Presses what the menu offers under these words until it is so. */
const useMenu = (visitor: Visitor, words: string, isSo: () => boolean) =>
  insist(
    visitor,
    () => {
      if (!visitor.sees("[role=menuitem]")) visitor.press(menu);
      // Drawn in a microtask, which the visitor does not see pass.
      queueMicrotask(() => queueMicrotask(() => visitor.pressLast("[role=menuitem]", words)));
    },
    isSo,
  );

const earlierTo = (question: string) => question.replace("Question", "Earlier");

/** An open chat in which a question was answered. */
async function begun({
  stage,
  question,
}: Act): Promise<{ visitor: Visitor; earlier: string; failed: string | null }> {
  const visitor = await stage.opened();
  const earlier = earlierTo(question);
  return { visitor, earlier, failed: await ask(stage, visitor, earlier) };
}

export const scenes: Record<string, Scene> = {
  "a chat is opened and asked": {
    max: 30,
    found: [
      "app/start-chat.lazy.tsx loadProfile",
      "embed/mount.ts withChat",
      "conversation/create-conversation.ts restore end",
    ],
    hasChat: false,
    async play({ stage, question, arm }) {
      const visitor = await stage.load();
      arm();
      if (!visitor.isOpen()) visitor.press('[part~="launcher"]');
      return (await visitor.pursue(visitor.isOpen)) ?? ask(stage, visitor, question);
    },
  },
  "one more question is asked": {
    max: 40,
    found: [
      "view/panel/composer.tsx Composer",
      "view/chat-context.ts useChat",
      "view/problem/contain-handlers.ts made",
    ],
    hasChat: true,
    async play({ stage, question, arm }) {
      const visitor = await stage.opened();
      arm();
      return ask(stage, visitor, question);
    },
  },
  "a conversation is brought back and goes on": {
    max: 20,
    found: [
      "app/start-chat.lazy.tsx texts",
      "app/tabs.lazy.ts connectTabs end",
      "view/panel/load-conversation.ts loadView",
      "view/problem/contain-handlers.ts containAll end",
      "view/problem/boundary.tsx render",
    ],
    hasChat: true,
    async play(act) {
      const { stage, question } = act;
      const { failed, earlier } = await begun(act);
      act.arm();
      const visitor = await stage.load();
      return (
        failed ??
        (await visitor.pursue(visitor.isOpen)) ??
        (await visitor.pursue(() => visitor.isAnswered(earlier))) ??
        wrongWith(stage, visitor, earlier) ??
        ask(stage, visitor, question)
      );
    },
  },
  "an answer is stopped, and asked for again": {
    max: 15,
    found: [
      "conversation/live-turn.ts finishTurn",
      "conversation/live-turn.ts finishTurn end",
      "conversation/state.ts finish",
    ],
    hasChat: true,
    async play({ stage, question, arm }) {
      const visitor = await stage.opened();
      arm();
      const failed = await send(visitor, question);
      const isOver = () => visitor.isAnswered(question) || visitor.remedies().length > 0;
      await visitor.until(() => isOver() || visitor.sees('[part~="stop"]'));
      visitor.press('[part~="stop"]');
      return (
        failed ??
        (await visitor.pursue(() => visitor.isAnswered(question))) ??
        wrongWith(stage, visitor, question, { max: 2 })
      );
    },
  },
  "an answer is rated": {
    max: 10,
    found: ["view/problem/boundary.tsx render", "view/problem/boundary.tsx render end"],
    hasChat: true,
    async play(act) {
      const { visitor, earlier, failed } = await begun(act);
      act.arm();
      const thumb = '.newest [part~="feedback"] button:last-child';
      return (
        failed ??
        (await insist(
          visitor,
          () => visitor.press(thumb),
          () => visitor.sees(`${thumb}[aria-pressed=true]`),
        )) ??
        (await visitor.pursue(() => visitor.isAnswered(earlier))) ??
        wrongWith(act.stage, visitor, earlier) ??
        ask(act.stage, visitor, act.question)
      );
    },
  },
  "a conversation is left for a new one": {
    max: 10,
    hasChat: true,
    async play(act) {
      const { visitor, earlier, failed } = await begun(act);
      act.arm();
      return (
        failed ??
        (await useMenu(visitor, "Start over", () => visitor.shown(earlier) === 0)) ??
        ask(act.stage, visitor, act.question)
      );
    },
  },
  "the list of earlier conversations is opened and left": {
    max: 15,
    found: ["view/history/history-menu.tsx load", "view/history/history.lazy.tsx HistoryList"],
    hasChat: true,
    async play(act) {
      const { visitor, earlier, failed } = await begun(act);
      act.arm();
      const sheet = ".sheet";
      return (
        failed ??
        (await useMenu(visitor, "Earlier", () => visitor.sees(sheet))) ??
        (await visitor.pursue(() => visitor.sees(`${sheet} .kept-row`))) ??
        (await insist(
          visitor,
          () => visitor.press(`${sheet} .icon-button`),
          () => !visitor.sees(sheet),
        )) ??
        wrongWith(act.stage, visitor, earlier) ??
        ask(act.stage, visitor, act.question)
      );
    },
  },
  "a source is opened": {
    max: 10,
    hasChat: true,
    async play(act) {
      const { visitor, earlier, failed } = await begun(act);
      act.arm();
      const wrong =
        failed ??
        (await insist(
          visitor,
          () => {},
          () => visitor.sees('[part~="citation"]'),
        ));
      visitor.pressLast('[part~="citation"]');
      return wrong ?? wrongWith(act.stage, visitor, earlier) ?? ask(act.stage, visitor, act.question);
    },
  },
};
