/** Fetches what a first question needs, side by side, once the panel is drawn. */
import { proxyClient } from "./browser/world.ts";
import { begun } from "./conversation/workings.ts";
import { bringTogether } from "./remembering.ts";
import { conversationParts } from "./view/load-parts.ts";

export const askingHands = () => import("./browser/asking-hands.ts");

export function prepare(): void {
  requestAnimationFrame(() =>
    setTimeout(() => {
      const answering = import("./browser/answer-stream.ts");
      const files = [begun(), bringTogether(), askingHands(), proxyClient(), answering];
      // Whoever needs one tells of it.
      for (const file of [...files, conversationParts.bring()]) file.catch(() => {});
    }),
  );
}
