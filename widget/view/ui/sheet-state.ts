/** State of a chat's sheet, such as a form or a list over the conversation; at most one at a time. */
import { signal, type Signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { Messages } from "../../i18n/messages.ts";
import type { Chat } from "../chat-context.ts";

export type Sheet = {
  readonly title: (texts: Messages) => string;
  /** Drawn under the title. It may take the focus when it is drawn; else the sheet itself does. */
  readonly Content: ComponentType<{ close: () => void }>;
};

const sheets = new WeakMap<Chat, Signal<Sheet | null>>();

export function shownSheet(chat: Chat): Signal<Sheet | null> {
  const shown = sheets.get(chat) ?? signal(null);
  sheets.set(chat, shown);
  return shown;
}

export function showSheet(chat: Chat, sheet: Sheet): void {
  shownSheet(chat).value = sheet;
}

export function closeSheet(chat: Chat): void {
  shownSheet(chat).value = null;
}
