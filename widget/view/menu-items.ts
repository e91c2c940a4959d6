/** What the header's menu offers beside starting over: each part of the view that has commands is in the list here. */
import type { Chat } from "./chat-context.ts";
import { contactItems } from "./contact/contact-sheet.ts";
import { keptMenu } from "./history/history-menu.tsx";
import { transcriptItems } from "./export/export-menu.ts";
import { allTexts } from "./use-messages.ts";
import type { MenuItem, MenuPart } from "./menu-types.ts";

/** From the top of the menu to its end. */
const parts: readonly MenuPart[] = [transcriptItems, contactItems, keptMenu];

export function menuItems(chat: Chat): readonly MenuItem[] {
  const texts = allTexts(chat.texts.value);
  return parts.flatMap((part) => part(chat, texts));
}
