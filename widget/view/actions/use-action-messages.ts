/** All messages, for the views of a conversation's actions. */
import { computed, type ReadonlySignal } from "@preact/signals";
import { englishActions } from "../../i18n/locales/en.actions.ts";
import type { Messages } from "../../i18n/messages.ts";
import { useChat, type Chat } from "../chat-context.ts";
import { messagesOf } from "../use-messages.ts";

export const actionMessagesOf = (chat: Chat): ReadonlySignal<Messages> =>
  (chat.state.allMessages ??= computed(() => ({ ...englishActions, ...messagesOf(chat).value })));

export const useActionMessages = (): Messages => actionMessagesOf(useChat()).value;
