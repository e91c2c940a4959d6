/** Scenes of asking: the first question, a further one, one that is stopped and asked again. */
import type { Scene } from "./scene.ts";
import { ask, send, wrongWith } from "./steps.ts";

export const questionScenes: Record<string, Scene> = {
  "a chat is opened and asked": {
    max: 30,
    found: [
      "app/start-chat.lazy.tsx loadProfile",
      "embed/panel.ts withChat",
      "conversation/create-conversation.ts restore end",
    ],
    hasChat: false,
    async play({ stage, question, arm }) {
      const visitor = await stage.load();
      arm();
      if (!visitor.isOpen()) visitor.press('[part~="launcher"]');
      return (await visitor.pressUntil(visitor.isOpen)) ?? ask(stage, visitor, question);
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
      const isOver = () => visitor.isAnswered(question) || visitor.actionButtons().length > 0;
      await visitor.waitUntil(() => isOver() || visitor.sees('[part~="stop"]'));
      visitor.press('[part~="stop"]');
      return (
        failed ??
        (await visitor.pressUntil(() => visitor.isAnswered(question))) ??
        wrongWith(stage, visitor, question, { max: 2 })
      );
    },
  },
};
