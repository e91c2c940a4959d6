/** Language negotiation: the best available language for those that a visitor or an owner prefers. */

/** Languages with messages, by BCP 47 tag; the first is the default. */
export const languages = [
  "en",
  "de",
  "fr",
  "es",
  "it",
  "pt",
  "nl",
  "pl",
  "tr",
  "ar",
  "he",
  "hi",
  "ja",
  "zh",
  "ko",
] as const;
export type Language = (typeof languages)[number];

/**
 * Goes through BCP 47 tags in order of preference and shortens each from the right (RFC 4647, "lookup") until one is
 * a language we have: `["fr-CA", "de-AT"]` gives `de`. Empty and invalid tags are skipped.
 */
export function bestLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    // Old browsers and systems still call Hebrew "iw".
    let range = (tag ?? "").trim().toLowerCase().replace(/_/g, "-").replace(/^iw\b/, "he");
    while (range) {
      const found = languages.find((language) => language === range);
      if (found) return found;
      range = range.slice(0, Math.max(range.lastIndexOf("-"), 0));
    }
  }
  return languages[0];
}

const rightToLeft =
  /^(ar|arc|ckb|dv|fa|he|iw|ks|ku-arab|nqo|pa-arab|ps|sd|syr|ug|ur|yi)(-|$)|-(arab|hebr)(-|$)/i;

/** Text direction of a language, from its tag. */
export function directionOf(tag: string): "ltr" | "rtl" {
  return rightToLeft.test(tag) && !/-latn(-|$)/i.test(tag) ? "rtl" : "ltr";
}
