/** Imports of all locales but English, in a file of its own that English readers do not fetch. */
import type { Language } from "./negotiate-language.ts";
import type { Messages } from "./messages.ts";

export const tables: Record<Exclude<Language, "en">, () => Promise<Messages>> = {
  de: async () => (await import("./locales/de.ts")).german,
  fr: async () => (await import("./locales/fr.ts")).french,
  es: async () => (await import("./locales/es.ts")).spanish,
  it: async () => (await import("./locales/it.ts")).italian,
  pt: async () => (await import("./locales/pt.ts")).portuguese,
  nl: async () => (await import("./locales/nl.ts")).dutch,
  pl: async () => (await import("./locales/pl.ts")).polish,
  tr: async () => (await import("./locales/tr.ts")).turkish,
  ar: async () => (await import("./locales/ar.ts")).arabic,
  he: async () => (await import("./locales/he.ts")).hebrew,
  hi: async () => (await import("./locales/hi.ts")).hindi,
  ja: async () => (await import("./locales/ja.ts")).japanese,
  zh: async () => (await import("./locales/zh.ts")).chinese,
  ko: async () => (await import("./locales/ko.ts")).korean,
};
