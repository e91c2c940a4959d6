/** Menu items that copy and print the conversation; nothing is sent anywhere. */
import { report } from "../../conversation/contain.ts";
import type { Messages } from "../../i18n/messages.ts";
import type { Chat } from "../chat-context.ts";
import { actionIcons } from "../ui/action-icons.ts";
import { conversationIcons } from "../ui/conversation-icons.ts";
import { conversationMarkdown } from "./conversation-markdown.ts";
import { now } from "../timing.ts";
import { showToast } from "../ui/toast.tsx";
import type { MenuItem } from "../menu-types.ts";

export function exportItems(chat: Chat, texts: Messages): readonly MenuItem[] {
  const disabled = chat.conversation.finished.value.length === 0;

  async function copy(menu: Element) {
    try {
      await chat.copy(conversationMarkdown(chat, currentDate(menu)));
      showToast(chat, texts.copied);
    } catch {
      // Refused by the browser; nothing says that it was copied.
    }
  }

  async function print(menu: Element) {
    const panel = menu.closest("[part=panel]") ?? menu;
    const date = currentDate(menu);
    try {
      const { printConversation } = await import("./print.lazy.tsx");
      printConversation(chat, panel, date);
    } catch (error) {
      report(error);
      showToast(chat, texts.unreachable);
    }
  }

  return [
    { icon: conversationIcons.copy, label: texts.copyConversation, disabled, onSelect: copy },
    {
      icon: actionIcons.print,
      label: texts.printConversation,
      disabled,
      onSelect: print,
    },
  ];
}

/** The current date in the chat's language. */
export function currentDate(menu: Element): string {
  const language = menu.closest("[lang]")?.getAttribute("lang") || undefined;
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(now());
}
