/** Where each language's table is, but English: a file of its own, so that those who read English pay for no list. */
import type { Language } from "./language.ts";
import type { Texts } from "./texts.ts";

export const tables: Record<Exclude<Language, "en">, () => Promise<Texts>> = {
  de: async () => (await import("./german.ts")).german,
  fr: async () => (await import("./french.ts")).french,
  es: async () => (await import("./spanish.ts")).spanish,
  it: async () => (await import("./italian.ts")).italian,
  pt: async () => (await import("./portuguese.ts")).portuguese,
  nl: async () => (await import("./dutch.ts")).dutch,
  pl: async () => (await import("./polish.ts")).polish,
  tr: async () => (await import("./turkish.ts")).turkish,
  ar: async () => (await import("./arabic.ts")).arabic,
  he: async () => (await import("./hebrew.ts")).hebrew,
  hi: async () => (await import("./hindi.ts")).hindi,
  ja: async () => (await import("./japanese.ts")).japanese,
  zh: async () => (await import("./chinese.ts")).chinese,
  ko: async () => (await import("./korean.ts")).korean,
};
