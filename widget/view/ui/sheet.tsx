/** Sheet over the conversation, with a back button; the rest of the panel is inert. */
import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useChat, type Chat } from "../chat-context.ts";
import { actionIcons } from "./action-icons.ts";
import { focusPanel } from "../a11y/focus.ts";
import { IconButton } from "./icon-button.tsx";
import { isInputMethodKey } from "../panel/input-method.ts";
import type { Sheet } from "../chat-state.ts";
import { closeSheet, shownSheet } from "./sheet-state.ts";
import { useActionMessages } from "../actions/use-action-messages.ts";

const underneath = ":scope > :is(.reading, .notice-area, .composer-status, [part=composer])";

export function SheetOverlay() {
  const sheet = shownSheet(useChat()).value;
  return sheet && <OpenSheet key={sheet} sheet={sheet} />;
}

function activeElementNear(element: Element): HTMLElement | null {
  const focused: unknown = Reflect.get(element.getRootNode(), "activeElement");
  return focused instanceof HTMLElement ? focused : null;
}

/** Makes the rest of the panel inert. */
function useInertBackground(frame: RefObject<HTMLElement | null>, { conversation }: Chat): void {
  // The elements below are replaced when a conversation starts or ends.
  const hasStarted = conversation.finished.value.length > 0 || conversation.streaming.value !== null;
  useLayoutEffect(() => {
    const panel = frame.current?.parentElement;
    const covered = [...(panel?.querySelectorAll<HTMLElement>(underneath) ?? [])];
    for (const each of covered) each.inert = true;
    return () => {
      for (const each of covered) each.inert = false;
    };
  }, [hasStarted, conversation.problem.value]);
}

/** Moves the focus into the sheet, and back when it closes. Returns the ref of the sheet's element. */
function useSheetFocus(frame: RefObject<HTMLElement | null>) {
  const opener = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    const panel = element?.parentElement;
    if (!element || !panel) return undefined;
    if (!element.contains(activeElementNear(element))) element.focus({ preventScroll: true });
    return () => {
      const before = opener.current;
      if (before?.isConnected) before.focus({ preventScroll: true });
      else focusPanel(panel);
    };
  }, []);
  return (element: HTMLDivElement | null) => {
    // Before the content can take the focus.
    if (element) opener.current ??= activeElementNear(element);
    frame.current = element;
  };
}

function OpenSheet({ sheet: { title, Content } }: { sheet: Sheet }) {
  const chat = useChat();
  const texts = useActionMessages();
  const frame = useRef<HTMLDivElement | null>(null);
  const close = () => closeSheet(chat);

  useInertBackground(frame, chat);
  const ref = useSheetFocus(frame);

  // A new question, perhaps asked by the page, closes the sheet, so that its answer is visible.
  const asked = chat.conversation.streaming.value?.id;
  const before = useRef(asked);
  useEffect(() => {
    if (asked && asked !== before.current) close();
  }, [asked]);

  // An opened panel focuses its field, which the sheet covers: the sheet takes the focus.
  const wasOpen = useRef(true);
  useSignalEffect(() => {
    const open = chat.open.value;
    if (open && !wasOpen.current) frame.current?.focus({ preventScroll: true });
    wasOpen.current = open;
  });

  return (
    // Keys are only listened to, for Escape.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a field set's frame and legend are not wanted here
      role="group"
      class="sheet"
      aria-labelledby="sheet-title"
      tabIndex={-1}
      ref={ref}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || isInputMethodKey(event)) return;
        event.preventDefault();
        close();
      }}
    >
      <div class="sheet-head">
        <IconButton icon={actionIcons.back} label={texts.back} onClick={close} />
        <h3 class="sheet-title" id="sheet-title" dir="auto">
          {title(texts)}
        </h3>
      </div>
      <div class="sheet-content">
        <Content close={close} />
      </div>
    </div>
  );
}
