/** All texts, for what is drawn only once there is a conversation. */
import { englishLater } from "../text/english-later.ts";
import type { KnownTexts } from "../text/load-texts.ts";
import type { Texts } from "../text/texts.ts";
import { useChat } from "./chat-context.ts";

const whole = new WeakMap<KnownTexts, Texts>();

/** The same object for the same table, so that nothing is drawn anew for it. */
export function allTexts(known: KnownTexts): Texts {
  const texts = whole.get(known) ?? { ...englishLater, ...known };
  whole.set(known, texts);
  return texts;
}

export const useTexts = (): Texts => allTexts(useChat().texts.value);
