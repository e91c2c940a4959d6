/** All messages, for views that are rendered with a conversation. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { englishConversation } from "../i18n/locales/en.conversation.ts";
import type { Messages } from "../i18n/messages.ts";
import { useChat, type Chat } from "./chat-context.ts";

export const messagesOf = (chat: Chat): ReadonlySignal<Messages> =>
  (chat.state.messages ??= computed(() => ({ ...englishConversation, ...chat.texts.value })));

export const useMessages = (): Messages => messagesOf(useChat()).value;
