/** Fetches what a first question needs, side by side, once the panel is drawn. */
import { conversationView } from "../view/panel/load-conversation.ts";

export const loadComposerServices = () => import("../browser/platform/composer-services.lazy.ts");

export function preload(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      // Whoever needs one tells of it.
      for (const file of [import("./first-question.lazy.ts"), conversationView.load()]) file.catch(() => {});
    }),
  );
}
