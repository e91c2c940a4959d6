/** Types of the header's menu. */
import type { Messages } from "../i18n/messages.ts";
import type { Chat } from "./chat-context.ts";

export type MenuItem = {
  icon: string;
  label: string;
  disabled: boolean;
  /** Called when the item is chosen; `menu` is an element of the menu. */
  onSelect: (menu: Element) => unknown;
};

/** Creates the items of one feature. The menu renders again when a signal that was read changes. */
export type MenuSection = (chat: Chat, texts: Messages) => readonly MenuItem[];
