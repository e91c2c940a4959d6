/** Items of the header's menu, besides starting over. */
import type { Chat } from "../chat-context.ts";
import { contactItems } from "../contact/contact-sheet.ts";
import { historyItems } from "../history/history-menu.tsx";
import { exportItems } from "../export/export-menu.ts";
import { actionMessagesOf } from "./use-action-messages.ts";
import type { MenuItem, MenuSection } from "../menu-types.ts";

/** In the order of the menu. */
const menus: readonly MenuSection[] = [exportItems, contactItems, historyItems];

export function menuItems(chat: Chat): readonly MenuItem[] {
  const texts = actionMessagesOf(chat).value;
  return menus.flatMap((part) => part(chat, texts));
}
