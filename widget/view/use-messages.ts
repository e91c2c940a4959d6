/** All messages, for views that are rendered with a conversation. */
import { englishConversation } from "../i18n/locales/en.conversation.ts";
import type { LoadedMessages } from "../i18n/load-messages.ts";
import type { Messages } from "../i18n/messages.ts";
import { useChat } from "./chat-context.ts";

const whole = new WeakMap<LoadedMessages, Messages>();

/** The same object for the same table, so that nothing is drawn anew for it. */
export function allMessages(known: LoadedMessages): Messages {
  const texts = whole.get(known) ?? { ...englishConversation, ...known };
  whole.set(known, texts);
  return texts;
}

export const useMessages = (): Messages => allMessages(useChat().texts.value);
