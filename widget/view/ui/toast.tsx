/** A word in passing, seen and heard for a moment, about something done from the menu. */
import { signal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useChat, type Chat } from "../chat-context.ts";
import { later } from "../later.ts";

/** How long it stays, in milliseconds. */
const shown = 4000;

const words = new WeakMap<Chat, Signal<string>>();

function wordOf(chat: Chat): Signal<string> {
  const word = words.get(chat) ?? signal("");
  words.set(chat, word);
  return word;
}

export function sayInPassing(chat: Chat, word: string): void {
  wordOf(chat).value = word;
}

export function PassingWord() {
  const word = wordOf(useChat());
  const said = word.value;

  useEffect(
    () =>
      said
        ? later(shown, () => {
            word.value = "";
          })
        : undefined,
    [said],
  );

  return (
    <div class="passing">
      <output>{said}</output>
    </div>
  );
}
