/** Toast: a short message about something done from the menu. */
import { signal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useChat, type Chat } from "../chat-context.ts";
import { delay } from "../timing.ts";

/** Time for which it is shown (milliseconds). */
const shownMs = 4000;

const toastOf = (chat: Chat): Signal<string> => (chat.state.toast ??= signal(""));

export function showToast(chat: Chat, word: string): void {
  toastOf(chat).value = word;
}

export function Toast() {
  const word = toastOf(useChat());
  const said = word.value;

  useEffect(
    () =>
      said
        ? delay(shownMs, () => {
            word.value = "";
          })
        : undefined,
    [said],
  );

  return (
    <div class="toast">
      <output>{said}</output>
    </div>
  );
}
