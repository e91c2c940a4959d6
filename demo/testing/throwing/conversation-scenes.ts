/** Scenes of whole conversations: restored, left for a new one, chosen from the list. */
import type { Scene } from "./scene.ts";
import { ask, begun, insist, useMenu, wrongWith } from "./steps.ts";

export const conversationScenes: Record<string, Scene> = {
  "a conversation is brought back and goes on": {
    max: 20,
    found: [
      "app/start-chat.lazy.tsx texts",
      "app/tabs.lazy.ts connectTabs end",
      "view/panel/load-conversation.ts loadView",
      "view/problem/contain-handlers.ts containAll end",
      "view/problem/error-boundary.tsx render",
    ],
    hasChat: true,
    async play(act) {
      const { stage, question } = act;
      const { failed, earlier } = await begun(act);
      act.arm();
      const visitor = await stage.load();
      return (
        failed ??
        (await visitor.pressUntil(visitor.isOpen)) ??
        (await visitor.pressUntil(() => visitor.isAnswered(earlier))) ??
        wrongWith(stage, visitor, earlier) ??
        ask(stage, visitor, question)
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
        (await visitor.pressUntil(() => visitor.sees(`${sheet} .history-row`))) ??
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
};
