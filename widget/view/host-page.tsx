/** Follows the host page while the chat is mounted, and shows the passage that the visitor came for. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { hasPendingJump } from "../page/has-pending-jump.ts";
import { loadPassages, passagesNow } from "./citations/load-passages.ts";
import { useChat } from "./chat-context.ts";
import { coversWindow } from "./a11y/focus.ts";
import { readAddress, watchAddress } from "../page/current-page.ts";

export function HostPage() {
  const chat = useChat();
  const place = useRef<HTMLSpanElement>(null);

  useSignalEffect(() => {
    if (chat.open.value) readAddress();
  });

  useEffect(() => {
    const forget = watchAddress();
    const panel = place.current?.closest("[part=panel]");
    const view = place.current?.ownerDocument.defaultView;
    let isGone = false;
    async function arrive(on: Window & typeof globalThis): Promise<void> {
      const passages = await loadPassages();
      // Nobody would see the page behind a chat that covers it.
      if (!isGone) passages.arrive(on, Boolean(panel && chat.open.peek() && coversWindow(panel)));
    }
    // Where the file cannot be had, the page is shown from its top.
    if (view && hasPendingJump(() => view.sessionStorage)) arrive(view).catch(() => {});
    return () => {
      isGone = true;
      forget();
      passagesNow()?.endPassage();
    };
  }, []);

  return <span hidden ref={place} />;
}
