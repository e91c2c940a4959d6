/** Reads options from anywhere: a bad value leaves that option as usual and is worth one warning. */
import { optionNames, optionTable } from "./table.ts";
import type { OptionName, Options } from "./table.ts";

export type ParsedOptions = {
  readonly options: Options;
  /** One plain sentence for each value that could not be used; for the site's owner. */
  readonly warnings: readonly string[];
};

/** What is said about an option by name: null or undefined where nothing is said. */
export type Given = (name: OptionName) => unknown;

/** Reads all options, taking what is not given, or not usable, from `base` or else from the table. */
export function parseOptions(given: Given, base?: Options): ParsedOptions {
  const options: Partial<Options> = { ...base };
  const warnings = optionNames.flatMap((name) => readOption(options, name, given(name)));
  if (!isComplete(options)) throw new Error("An option has no usual value.");
  return { options, warnings };
}

function readOption<Name extends OptionName>(
  options: { [Key in Name]?: Options[Key] },
  name: Name,
  given: unknown,
): string[] {
  const silent = given === null || given === undefined;
  const value = silent ? undefined : optionTable[name].read(given);
  options[name] = value ?? options[name] ?? optionTable[name].usual;
  if (silent || value !== undefined) return [];
  return [
    `${name} cannot be ${typeof given === "string" ? `"${given.slice(0, 60)}"` : `a ${typeof given}`}.`,
  ];
}

const isComplete = (options: Partial<Options>): options is Options =>
  optionNames.every((name) => options[name] !== undefined);
