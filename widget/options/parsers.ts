/** Parsers of option values, given as an attribute, in a JSON block or by a script. */
import { readColor, writeColor } from "./color.ts";

/** One option: its default, and how a given value is read. */
export type Option<Value> = {
  readonly fallback: Value;
  /** The value, or undefined when what was given is not one. Attributes arrive as strings, scripts give real values. */
  readonly read: (given: unknown) => Value | undefined;
};

/** Options by name. */
export type OptionTable<Values> = { readonly [Name in keyof Values]: Option<Values[Name]> };

/** A given value as one small word; `?`, which no option takes, for anything that is no plain value. */
const wordOf = (given: unknown): string =>
  Object(given) === given ? "?" : String(given).trim().toLowerCase();

export const maxTextLength = 2_000;

/** Any text; at most 2,000 characters, since a longer one is a mistake and would only push the page about. */
export const text = /* @__NO_SIDE_EFFECTS__ */ <Usual extends string | null>(
  fallback: Usual,
): Option<string | Usual> => ({
  fallback,
  read: (given) => (typeof given === "string" && given.length <= maxTextLength ? given.trim() : undefined),
});

/** An absolute http or https address. */
export const address = /* @__NO_SIDE_EFFECTS__ */ (): Option<string | null> => ({
  fallback: null,
  read: (given) =>
    typeof given === "string" && /^\s*https?:\/\/[^\s/]+\S*\s*$/i.test(given) ? given.trim() : undefined,
});

/** A colour as `#rgb`, `#rrggbb` or `rgb(r, g, b)`; parsed to the latter. */
export const color = /* @__NO_SIDE_EFFECTS__ */ (): Option<string | null> => ({
  fallback: null,
  read: (given) => {
    const read = typeof given === "string" && readColor(given);
    return read ? writeColor(read) : undefined;
  },
});

/** Yes or no. An attribute without a value means yes, as in HTML; `false`, `no`, `off` and `0` mean no. */
export const flag = /* @__NO_SIDE_EFFECTS__ */ (fallback: boolean): Option<boolean> => ({
  fallback,
  read: (given) => {
    const word = wordOf(given);
    if (/^(true|yes|on|1|open)?$/.test(word)) return true;
    return /^(false|no|off|0)$/.test(word) ? false : undefined;
  },
});

/** A whole number of CSS pixels from 0 to 500. */
export const pixels = /* @__NO_SIDE_EFFECTS__ */ (fallback: number): Option<number> => ({
  fallback,
  read: (given) => {
    const digits = /^(\d{1,3})(px)?$/.exec(wordOf(given))?.[1];
    return digits && +digits <= 500 ? +digits : undefined;
  },
});

/** One of the words; the first is the usual one. */
export const choice = /* @__NO_SIDE_EFFECTS__ */ <Word extends string>(
  ...words: [fallback: Word, ...Word[]]
): Option<Word> => ({
  fallback: words[0],
  read: (given) => words.find((word) => word === wordOf(given)),
});

/** How long something is stored: while the page is open, while the tab is, or for a number of days. */
export type Lifetime = "page" | "visit" | number;

/** `page`, `visit`, or days from 1 to 365. */
export const lifetime = /* @__NO_SIDE_EFFECTS__ */ (fallback: number): Option<Lifetime> => ({
  fallback,
  read: (given) => {
    const word = wordOf(given);
    const days = Number(/^(\d+)( ?days?)?$/.exec(word)?.[1]);
    if (word === "page" || word === "visit") return word;
    return days > 0 && days < 366 ? days : undefined;
  },
});
