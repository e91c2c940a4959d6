/** Preload of what a first question needs, once the panel is drawn. */
import { conversationView } from "../view/panel/load-conversation.ts";

/** Starts loading after the next frame. A failure is reported by the code that needs the file. */
export const afterPaint = (load: () => readonly Promise<unknown>[]) =>
  requestAnimationFrame(() =>
    setTimeout(() => {
      for (const file of load()) file.catch(() => {});
    }),
  );

export const preload = () => afterPaint(() => [import("./first-question.lazy.ts"), conversationView.load()]);
