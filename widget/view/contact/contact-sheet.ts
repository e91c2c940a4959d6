/** Contact sheet, and the menu item that opens it. */
import type { Messages } from "../../i18n/messages.ts";
import type { Chat } from "../chat-context.ts";
import { contactMethod } from "./contact-method.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { lazy } from "../ui/lazy.tsx";
import type { Sheet } from "../chat-state.ts";
import { showSheet } from "../ui/sheet-state.ts";
import type { MenuItem } from "../menu-types.ts";

const sheet: Sheet = {
  title: (texts) => texts.contact,
  Content: lazy(async () => (await import("./contact.lazy.tsx")).Contact),
};

export function showContact(chat: Chat): void {
  showSheet(chat, sheet);
}

export function contactItems(chat: Chat, texts: Messages): readonly MenuItem[] {
  if (!contactMethod(chat)) return [];
  return [
    {
      icon: actionIcons.mail,
      label: texts.contact,
      disabled: false,
      onSelect: () => showContact(chat),
    },
  ];
}
