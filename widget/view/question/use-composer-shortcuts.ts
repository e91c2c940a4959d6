/** Keyboard shortcuts of the composer: arrow up edits the last question, Escape cancels editing. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect } from "preact/hooks";
import { bare } from "../../builtins/bare.ts";
import { useChat } from "../chat-context.ts";
import { editingOf, editQuestion, cancelEditing } from "./edit-question.ts";
import { focusField } from "./focus-field.ts";
import { isInputMethodKey } from "../panel/input-method.ts";

/** `near` is an element of the panel. */
export function useComposerShortcuts(near: RefObject<HTMLElement | null>): void {
  const chat = useChat();

  // With the edit button, which is rendered at the same time: a visitor who sees it can press the key.
  useLayoutEffect(() => {
    const composer = near.current?.closest("[part=panel]")?.querySelector<HTMLElement>("[part=composer]");
    if (!composer) return undefined;

    function onKeyDown(event: KeyboardEvent): void {
      if (isInputMethodKey(event) || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
      if (!(event.target instanceof HTMLTextAreaElement)) return;
      if (event.key === "ArrowUp" && chat.draft.peek() === "" && editQuestion(chat)) event.preventDefault();
    }

    composer.addEventListener("keydown", onKeyDown);
    return () => composer.removeEventListener("keydown", onKeyDown);
  }, []);

  // Listens on the focused part of the panel, so before the panel itself, which an unhandled Escape would close.
  const isEditing = editingOf(chat).value !== null;
  useEffect(() => {
    if (!isEditing) return undefined;
    const panel = near.current?.closest("[part=panel]");
    function leave(event: Event): void {
      if (!(event instanceof KeyboardEvent) || event.key !== "Escape") return;
      if (event.defaultPrevented || isInputMethodKey(event) || !editingOf(chat).peek()) return;
      event.preventDefault();
      // The status line is removed, perhaps with the focus in it.
      if (near.current && event.target instanceof Node && near.current.contains(event.target))
        focusField(near.current);
      cancelEditing(chat);
    }
    function onKeyDown({ target }: Event): void {
      const part = [...(panel?.children ?? [])].find(
        (each) => target instanceof Node && each.contains(target),
      );
      part?.addEventListener("keydown", leave, bare({ once: true }));
    }
    panel?.addEventListener("keydown", onKeyDown, true);
    return () => panel?.removeEventListener("keydown", onKeyDown, true);
  }, [isEditing]);
}
