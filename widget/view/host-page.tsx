/** Watcher of the host page's address; shows the passage that the visitor followed a source to. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { hasPendingJump } from "../page/has-pending-jump.ts";
import { loadPassages, passagesNow } from "./citations/load-passages.ts";
import { useChat } from "./chat-context.ts";
import { coversWindow } from "./a11y/focus.ts";
import { readAddress, watchAddress } from "../page/current-page.ts";

export function HostPage() {
  const chat = useChat();
  const element = useRef<HTMLSpanElement>(null);

  useSignalEffect(() => {
    if (chat.open.value) readAddress();
  });

  useEffect(() => {
    const forget = watchAddress();
    const panel = element.current?.closest("[part=panel]");
    const view = element.current?.ownerDocument.defaultView;
    let isGone = false;
    async function arrive(on: Window & typeof globalThis): Promise<void> {
      const passages = await loadPassages();
      // A panel that covers the page would hide the passage.
      if (!isGone) passages.arrive(on, Boolean(panel && chat.open.peek() && coversWindow(panel)));
    }
    // If the file cannot be fetched, the page stays at its top.
    if (view && hasPendingJump(() => view.sessionStorage)) arrive(view).catch(() => {});
    return () => {
      isGone = true;
      forget();
      passagesNow()?.endPassage();
    };
  }, []);

  return <span hidden ref={element} />;
}
