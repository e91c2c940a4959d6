/** Loader of a language's messages; English is included. */
import { english } from "./locales/en.ts";
import type { Language } from "./negotiate-language.ts";
import type { Messages, PanelMessages } from "./messages.ts";

/** A table as it is while only the panel is there: in English the later texts come with the files of the views that show them. */
export type LoadedMessages = PanelMessages & Partial<Messages>;

/** The table of a language. English when the file cannot be fetched: a chat in another language beats none. */
export async function loadTexts(language: Language): Promise<LoadedMessages> {
  if (language === "en") return english;
  try {
    const { tables } = await import("./locales.lazy.ts");
    return await tables[language]();
  } catch {
    return english;
  }
}
