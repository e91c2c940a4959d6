/** Fetches what a first question needs, side by side, once the panel is drawn. */
import { proxyClient } from "../browser/platform/create-environment.ts";
import { begun } from "../conversation/state.ts";
import { bringTogether } from "./persistence.ts";
import { conversationParts } from "../view/panel/load-conversation.ts";

export const askingHands = () => import("../browser/platform/composer-services.lazy.ts");

export function prepare(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const answering = import("../browser/api/answer-response.lazy.ts");
      const files = [begun(), bringTogether(), askingHands(), proxyClient(), answering];
      // Whoever needs one tells of it.
      for (const file of [...files, conversationParts.bring()]) file.catch(() => {});
    }),
  );
}
