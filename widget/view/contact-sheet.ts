/** The sheet on which a visitor turns to the agent's owner, and the menu's command that opens it. */
import type { Texts } from "../text/texts.ts";
import type { Chat } from "./chat-context.ts";
import { contactWay } from "./contact-way.ts";
import { conversationIcons } from "./conversation-icons.ts";
import { lazy } from "./lazy.tsx";
import type { MenuItem } from "./menu.tsx";
import { showSheet, type Sheet } from "./shown-sheet.ts";

const sheet: Sheet = {
  title: (texts) => texts.contact,
  Content: lazy(async () => (await import("./contact.tsx")).Contact),
};

export function showContact(chat: Chat): void {
  showSheet(chat, sheet);
}

export function contactItems(chat: Chat, texts: Texts): readonly MenuItem[] {
  if (!contactWay(chat)) return [];
  return [
    {
      icon: conversationIcons.mail,
      label: texts.contact,
      disabled: false,
      act: () => showContact(chat),
    },
  ];
}
