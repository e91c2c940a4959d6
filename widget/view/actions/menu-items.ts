/** Items of the header's menu, besides starting over. */
import type { Chat } from "../chat-context.ts";
import { contactItems } from "../contact/contact-sheet.ts";
import { historyMenu } from "../history/history-menu.tsx";
import { transcriptItems } from "../export/export-menu.ts";
import { messagesOf } from "../use-messages.ts";
import type { MenuItem, MenuPart } from "../menu-types.ts";

/** In the order of the menu. */
const menus: readonly MenuPart[] = [transcriptItems, contactItems, historyMenu];

export function menuItems(chat: Chat): readonly MenuItem[] {
  const texts = messagesOf(chat).value;
  return menus.flatMap((part) => part(chat, texts));
}
