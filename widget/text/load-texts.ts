/** Fetches a language's table when it is first needed; what English needs first is always there. */
import { english } from "./english.ts";
import type { Language } from "./language.ts";
import type { FirstTexts, LaterTexts, Texts } from "./texts.ts";

/** A table as it is while only the panel is there: in English the later texts come with the conversation's own file. */
export type KnownTexts = FirstTexts & Partial<LaterTexts>;

const tables: Record<Exclude<Language, "en">, () => Promise<Texts>> = {
  de: async () => (await import("./german.ts")).german,
};

/** The table of a language. English when the file cannot be fetched: a chat in another language beats none. */
export async function loadTexts(language: Language): Promise<KnownTexts> {
  if (language === "en") return english;
  try {
    return await tables[language]();
  } catch {
    return english;
  }
}
