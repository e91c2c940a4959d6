/** All texts, for what is drawn only once there is a conversation. */
import { englishLater } from "../i18n/locales/en.conversation.ts";
import type { KnownTexts } from "../i18n/load-messages.ts";
import type { Texts } from "../i18n/messages.ts";
import { useChat } from "./chat-context.ts";

const whole = new WeakMap<KnownTexts, Texts>();

/** The same object for the same table, so that nothing is drawn anew for it. */
export function allTexts(known: KnownTexts): Texts {
  const texts = whole.get(known) ?? { ...englishLater, ...known };
  whole.set(known, texts);
  return texts;
}

export const useTexts = (): Texts => allTexts(useChat().texts.value);
