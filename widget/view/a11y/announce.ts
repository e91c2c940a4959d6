/** Polite announcements for screen readers, one at a time. */
import { signal, type Signal } from "@preact/signals";
import type { Chat } from "../chat-context.ts";
import { delay } from "../timing.ts";
import { messagesOf } from "../use-messages.ts";

/** Pause before the text is set (milliseconds): a screen reader then repeats even the same text. */
const pauseMs = 100;

export const announcementOf = (chat: Chat): Signal<string> => (chat.state.status ??= signal(""));

export function announce(chat: Chat, sentence: string): void {
  const spoken = announcementOf(chat);
  spoken.value = "";
  delay(pauseMs, () => {
    spoken.value = sentence;
  });
}

/** Puts text on the clipboard and announces it. */
export async function copyAndAnnounce(chat: Chat, text: string): Promise<void> {
  await chat.copy(text);
  announce(chat, messagesOf(chat).peek().copied);
}
