/** Keeps the view and the page around it in step: where one is, what one came for, and nothing left behind at the end. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { arrive, endPassage } from "../page/jump-to-passage.ts";
import { useChat } from "./chat-context.ts";
import { coversWindow } from "./a11y/focus.ts";
import { lookWhere, watchHere } from "./here.ts";

export function PageAround() {
  const chat = useChat();
  const place = useRef<HTMLSpanElement>(null);

  useSignalEffect(() => {
    if (chat.open.value) lookWhere();
  });

  useEffect(() => {
    const forget = watchHere();
    const panel = place.current?.closest("[part=panel]");
    const view = place.current?.ownerDocument.defaultView;
    // Nobody would see the page behind a chat that covers it.
    if (view) arrive(view, Boolean(panel && chat.open.peek() && coversWindow(panel)));
    return () => {
      forget();
      endPassage();
    };
  }, []);

  return <span hidden ref={place} />;
}
