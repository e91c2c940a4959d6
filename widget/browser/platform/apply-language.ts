/** Language of the chat: loads its messages and sets `lang` and `dir`. */
import { report } from "../../conversation/contain.ts";
import { bestLanguage, directionOf } from "../../i18n/negotiate-language.ts";
import { loadTexts, type LoadedMessages } from "../../i18n/load-messages.ts";

/**
 * Loads the messages in the best available language, and sets the frame's direction for the preferred one: visitor and
 * agent write in that one, even where it has no messages. A later choice wins.
 */
export function speak(
  wanted: readonly string[],
  frame: HTMLElement,
  table: { value: LoadedMessages },
): () => void {
  const language = bestLanguage(wanted);
  let overtaken = false;
  async function learn(): Promise<void> {
    const texts = await loadTexts(language);
    if (overtaken) return;
    table.value = texts;
    frame.lang = language;
    frame.dir = directionOf(wanted[0] ?? language);
  }
  learn().catch(report);
  return () => (overtaken = true);
}
