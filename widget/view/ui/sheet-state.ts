/** The open sheet of a chat; at most one at a time. */
import { signal, type Signal } from "@preact/signals";
import type { Chat } from "../chat-context.ts";
import type { Sheet } from "../chat-state.ts";

export const shownSheet = (chat: Chat): Signal<Sheet | null> => (chat.state.sheet ??= signal(null));

export function showSheet(chat: Chat, sheet: Sheet): void {
  shownSheet(chat).value = sheet;
}

export function closeSheet(chat: Chat): void {
  shownSheet(chat).value = null;
}
