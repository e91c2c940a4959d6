/** Language of the chat: loads its messages and sets `lang` and `dir`. */
import { report } from "../../conversation/contain.ts";
import { bestLanguage, directionOf } from "../../i18n/negotiate-language.ts";
import { loadTexts, type LoadedMessages } from "../../i18n/load-messages.ts";

/**
 * Fetches our words in the best language there is, and turns the frame the way of the one that is wanted most: it is the
 * one that visitor and agent write, also where our own few words are not to be had in it. A later choice wins.
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
