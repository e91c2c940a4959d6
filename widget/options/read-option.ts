/** Reads one option from whatever said something about it. */
import type { Option } from "./parsers.ts";

/** What a tag, an element, a JSON block or a script says about an option by name; null or undefined for nothing. */
export type OptionSource = (name: string) => unknown;

/** The value given or else the usual one. A value that cannot be used is as good as none, and worth one warning. */
export function readOption<Value>(
  name: string,
  { fallback, read }: Option<Value>,
  source: OptionSource,
  warn: (sentence: string) => void,
): Value {
  const given = source(name) ?? null;
  if (given === null) return fallback;
  const value = read(given);
  if (value === undefined)
    warn(`${name} cannot be "${typeof given === "string" ? given.slice(0, 60) : typeof given}".`);
  return value ?? fallback;
}
