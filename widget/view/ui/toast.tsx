/** Toast: a short message about something done from the menu. */
import { signal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useChat, type Chat } from "../chat-context.ts";
import { delay } from "../timing.ts";

/** Time for which it is shown (milliseconds). */
const shownMs = 4000;

const toastOf = (chat: Chat): Signal<string> => (chat.state.toast ??= signal(""));

export function showToast(chat: Chat, toast: string): void {
  toastOf(chat).value = toast;
}

export function Toast() {
  const toast = toastOf(useChat());
  const text = toast.value;

  useEffect(
    () =>
      text
        ? delay(shownMs, () => {
            toast.value = "";
          })
        : undefined,
    [text],
  );

  return (
    <div class="toast">
      <output>{text}</output>
    </div>
  );
}
