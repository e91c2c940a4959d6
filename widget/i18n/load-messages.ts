/** Loader of a language's messages; English is included. */
import { english } from "./locales/en.ts";
import type { Language } from "./negotiate-language.ts";
import type { Messages, PanelMessages } from "./messages.ts";

/** Messages of the panel alone: in English, the others are in the files of the views that show them. */
export type LoadedMessages = PanelMessages & Partial<Messages>;

/** The table of a language. English when the file cannot be fetched. */
export async function loadTexts(language: Language): Promise<LoadedMessages> {
  if (language === "en") return english;
  try {
    const { tables } = await import("./locales.lazy.ts");
    return await tables[language]();
  } catch {
    return english;
  }
}
