/** Fetches what a first question needs, side by side, once the panel is drawn. */
import { conversationParts } from "../view/panel/load-conversation.ts";

export const askingHands = () => import("../browser/platform/composer-services.lazy.ts");

export function prepare(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      // Whoever needs one tells of it.
      for (const file of [import("./first-question.lazy.ts"), conversationParts.bring()])
        file.catch(() => {});
    }),
  );
}
