/** The agent's title in this chat. */
import type { Chat } from "./chat-context.ts";

export function titleOf(chat: Chat): string {
  return chat.profile.value.title.trim() || chat.texts.value.title;
}
