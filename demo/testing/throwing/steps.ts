/** Steps of a scene; each returns a failure message, or null. */
import type { Stage } from "../tab/stage.ts";
import type { Visitor } from "../tab/visitor.ts";
import type { Act } from "./scene.ts";

type Owed = {
  /** Maximum number of times it may have reached the service. */
  readonly max?: number;
};

export function wrongWith({ service }: Stage, visitor: Visitor, question: string, { max = 1 }: Owed = {}) {
  const times = service.asked.get(question) ?? 0;
  if (times < 1 || times > max) return `asked ${times} times`;
  const shown = visitor.shown(question);
  return shown === 1 ? null : `shown ${shown} times`;
}

/** Sends a question, which the visitor then sees: asked, in the field, or in the field that a button reopens. */
export async function send(visitor: Visitor, question: string): Promise<string | null> {
  await visitor.send(question);
  const isThere = () => visitor.has(question);
  await visitor.waitUntil(() => isThere() || visitor.actionButtons().length > 0, 2_000);
  return isThere() || (await visitor.pressUntil(isThere)) === null ? null : "the question is lost";
}

/** Asks in an open chat until it is answered. */
export async function ask(
  stage: Stage,
  visitor: Visitor,
  question: string,
  owed: Owed = {},
): Promise<string | null> {
  return (
    (await send(visitor, question)) ??
    (await visitor.pressUntil(() => visitor.isAnswered(question))) ??
    wrongWith(stage, visitor, question, owed)
  );
}

/** Repeats an action until it has succeeded, and presses the buttons of failures, as a visitor would. */
export async function insist(visitor: Visitor, act: () => void, isSo: () => boolean): Promise<string | null> {
  for (let tries = 0; tries < 4; tries++) {
    if (isSo()) return null;
    act();
    await visitor.waitUntil(() => isSo() || visitor.actionButtons().length > 0, 3_000);
    if (!isSo()) visitor.pressAction();
    await visitor.waitUntil(isSo, 100);
  }
  return isSo() ? null : `done in vain: ${visitor.text()}`;
}

const menu = '[aria-haspopup="menu"]';

/** Chooses the menu item with this text until the condition holds. */
export const useMenu = (visitor: Visitor, words: string, isSo: () => boolean) =>
  insist(
    visitor,
    () => {
      if (!visitor.sees("[role=menuitem]")) visitor.press(menu);
      // Rendered in a microtask.
      queueMicrotask(() => queueMicrotask(() => visitor.pressLast("[role=menuitem]", words)));
    },
    isSo,
  );

const earlierTo = (question: string) => question.replace("Question", "Earlier");

/** An open chat in which a question was answered. */
export async function begun({
  stage,
  question,
}: Act): Promise<{ visitor: Visitor; earlier: string; failed: string | null }> {
  const visitor = await stage.opened();
  const earlier = earlierTo(question);
  return { visitor, earlier, failed: await ask(stage, visitor, earlier) };
}
