/** Panel of the opened chat: header, transcript and composer. */
import { effect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { ErrorBoundary } from "../problem/error-boundary.tsx";
import { useChat } from "../chat-context.ts";
import { Composer } from "./composer.tsx";
import { Header } from "./header.tsx";
import { coversWindow, trapFocus } from "../a11y/focus.ts";
import { isInputMethodKey } from "./input-method.ts";
import { conversationView } from "./load-conversation.ts";
import { titleOf } from "../agent-title.ts";
import { Transcript } from "./transcript.tsx";

export function Panel() {
  const chat = useChat();
  const view = conversationView.state.value;
  const frame = useRef<HTMLDivElement>(null);

  // Set by an effect, not by rendering, which is later: the panel must be focusable in the event that opens it.
  useLayoutEffect(
    () =>
      effect(() => {
        const closed = !chat.open.value;
        const panel = frame.current;
        if (!panel) return;
        Object.assign(panel, {
          hidden: closed,
          inert: closed,
          ariaModal: coversWindow(panel) ? "true" : null,
        });
      }),
    [chat],
  );

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Tab" && frame.current && coversWindow(frame.current)) trapFocus(frame.current, event);
    if (event.key !== "Escape" || event.defaultPrevented || isInputMethodKey(event) || !chat.close) return;
    event.preventDefault();
    chat.close();
  }

  return (
    // Its role is conditional, which the rule does not see. Keys are only listened to, for Escape and Tab.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      part="panel"
      class={`panel ${chat.mode}`}
      role={chat.close ? "dialog" : "region"}
      aria-label={titleOf(chat)}
      tabIndex={-1}
      ref={frame}
      onKeyDown={onKeyDown}
    >
      <ErrorBoundary>
        <Header />
      </ErrorBoundary>
      <ErrorBoundary>
        <Transcript />
      </ErrorBoundary>
      <ErrorBoundary>{typeof view === "object" && <view.Overlays />}</ErrorBoundary>
      <ErrorBoundary>
        <Composer />
      </ErrorBoundary>
      <ErrorBoundary>{typeof view === "object" && <view.Announcer />}</ErrorBoundary>
    </div>
  );
}
