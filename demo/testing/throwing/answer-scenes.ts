/** Scenes with a finished answer: rating it, opening a source. */
import type { Scene } from "./scene.ts";
import { ask, begun, insist, wrongWith } from "./steps.ts";

export const answerScenes: Record<string, Scene> = {
  "an answer is rated": {
    max: 10,
    found: ["view/problem/error-boundary.tsx render", "view/problem/error-boundary.tsx render end"],
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
        (await visitor.pressUntil(() => visitor.isAnswered(earlier))) ??
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
