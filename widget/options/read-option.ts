/** Reads one option from whatever said something about it. */
import type { Option } from "./parsers.ts";

/** What a tag, an element, a JSON block or a script says about an option by name; null or undefined for nothing. */
export type Said = (name: string) => unknown;

/** The value given or else the usual one. A value that cannot be used is as good as none, and worth one warning. */
export function readOption<Value>(
  name: string,
  { usual, read }: Option<Value>,
  said: Said,
  warn: (sentence: string) => void,
): Value {
  const given = said(name) ?? null;
  if (given === null) return usual;
  const value = read(given);
  if (value === undefined)
    warn(`${name} cannot be "${typeof given === "string" ? given.slice(0, 60) : typeof given}".`);
  return value ?? usual;
}
