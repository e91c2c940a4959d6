/** Preload of what a first question needs, once the panel is drawn. */
import { conversationView } from "../view/panel/load-conversation.ts";

/** Starts to load with the next frame drawn. Whoever needs one of the files tells of its failure. */
export const afterPaint = (load: () => readonly Promise<unknown>[]) =>
  requestAnimationFrame(() =>
    setTimeout(() => {
      for (const file of load()) file.catch(() => {});
    }),
  );

export const preload = () => afterPaint(() => [import("./first-question.lazy.ts"), conversationView.load()]);
