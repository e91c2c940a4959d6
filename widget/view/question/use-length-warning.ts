/** Announcement that a question is too long: when it becomes so, and when the visitor tries to send it. */
import { computed, effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { codePointsOf } from "../../builtins/code-points.ts";
import { useChat } from "../chat-context.ts";
import { isInputMethodKey } from "../panel/input-method.ts";
import { announce } from "../a11y/announce.ts";

/** `near` is an element of the panel. */
export function useLengthWarning(near: RefObject<HTMLElement | null>): void {
  const chat = useChat();

  useEffect(() => {
    const composer = near.current?.closest("[part=panel]")?.querySelector("[part=composer]");
    if (!composer) return undefined;

    const tooMany = computed(() => codePointsOf(chat.draft.value).length - chat.profile.value.longestPrompt);
    const isTooLong = computed(() => tooMany.value > 0);
    function warn(): void {
      if (isTooLong.peek()) announce(chat, chat.texts.peek().charactersTooMany(tooMany.peek()));
    }
    function onKeyDown(event: Event): void {
      if (!(event instanceof KeyboardEvent) || !(event.target instanceof HTMLTextAreaElement)) return;
      if (event.key === "Enter" && !event.shiftKey && !isInputMethodKey(event)) warn();
    }
    function onClick({ target }: Event): void {
      if (target instanceof Element && target.closest("[part=send]")) warn();
    }

    const undo = effect(() => void (isTooLong.value && warn()));
    composer.addEventListener("keydown", onKeyDown);
    composer.addEventListener("click", onClick);
    return () => {
      undo();
      composer.removeEventListener("keydown", onKeyDown);
      composer.removeEventListener("click", onClick);
    };
  }, []);
}
