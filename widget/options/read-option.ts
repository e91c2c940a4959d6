/** Reader of one option: takes its value from what a tag, an element or a script gives. */
import type { Option, OptionTable } from "./parsers.ts";

/** Gives what a tag, an element, a JSON block or a script says about an option; null or undefined for nothing. */
export type OptionSource = (name: string) => unknown;

/** Reads an option of a table. */
export type ReadOption = <Values, Name extends keyof Values & string>(
  table: OptionTable<Values>,
  name: Name,
) => Values[Name];

/** Returns the given value, else the fallback. A value that cannot be used counts as none, and causes one warning. */
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
