/** Types of the header's menu. */
import type { Messages } from "../i18n/messages.ts";
import type { Chat } from "./chat-context.ts";

export type MenuItem = {
  icon: string;
  label: string;
  disabled: boolean;
  /** `menu` is an element of the page near which something may be done. */
  act: (menu: Element) => unknown;
};

/** Makes a part's commands. The signals it reads have the menu drawn again when they change. */
export type MenuPart = (chat: Chat, texts: Messages) => readonly MenuItem[];
