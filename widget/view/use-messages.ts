/** Messages for views that are rendered with a conversation. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { englishConversation } from "../i18n/locales/en.conversation.ts";
import type { ViewMessages } from "../i18n/messages.ts";
import { useChat, type Chat } from "./chat-context.ts";

export const messagesOf = (chat: Chat): ReadonlySignal<ViewMessages> =>
  (chat.state.messages ??= computed(() => ({ ...englishConversation, ...chat.texts.value })));

export const useMessages = (): ViewMessages => messagesOf(useChat()).value;
