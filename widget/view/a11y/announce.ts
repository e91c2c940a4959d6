/** What screen readers are told calmly, one thing at a time, by whichever part of the chat has something to say. */
import { signal, type Signal } from "@preact/signals";
import type { Chat } from "../chat-context.ts";
import { later } from "../later.ts";
import { allTexts } from "../use-messages.ts";

/** Milliseconds of silence before words, so that the same words are heard again. */
const breath = 100;

const words = new WeakMap<Chat, Signal<string>>();

export function spokenIn(chat: Chat): Signal<string> {
  const spoken = words.get(chat) ?? signal("");
  words.set(chat, spoken);
  return spoken;
}

export function say(chat: Chat, sentence: string): void {
  const spoken = spokenIn(chat);
  spoken.value = "";
  later(breath, () => {
    spoken.value = sentence;
  });
}

/** Puts text on the clipboard and says so. */
export async function copyAloud(chat: Chat, text: string): Promise<void> {
  await chat.copy(text);
  say(chat, allTexts(chat.texts.peek()).copied);
}
