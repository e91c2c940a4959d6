/** Fetches a language's table when it is first needed; English is always there. */
import { english } from "./english.ts";
import type { Language } from "./language.ts";
import type { Texts } from "./texts.ts";

const tables: Record<Exclude<Language, "en">, () => Promise<Texts>> = {
  de: async () => (await import("./german.ts")).german,
};

/** The table of a language. English when the file cannot be fetched: a chat in another language beats none. */
export async function loadTexts(language: Language): Promise<Texts> {
  if (language === "en") return english;
  try {
    return await tables[language]();
  } catch {
    return english;
  }
}
