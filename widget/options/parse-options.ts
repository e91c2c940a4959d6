/** Reads all options at once. */
import { readOption } from "./read-option.ts";
import type { Said } from "./read-option.ts";
import { optionNames, optionTable } from "./table.ts";
import type { OptionName, Options } from "./table.ts";

export type ParsedOptions = {
  readonly options: Options;
  /** One plain sentence for each value that could not be used; for the site's owner. */
  readonly warnings: readonly string[];
};

export function parseOptions(said: Said): ParsedOptions {
  const options: Partial<Options> = {};
  const warnings: string[] = [];
  for (const name of optionNames) take(options, name, said, (sentence) => warnings.push(sentence));
  if (!isComplete(options)) throw new Error("An option has no usual value.");
  return { options, warnings };
}

function take<Name extends OptionName>(
  options: { [Key in Name]?: Options[Key] },
  name: Name,
  said: Said,
  warn: (sentence: string) => void,
): void {
  options[name] = readOption(name, optionTable[name], said, warn);
}

const isComplete = (options: Partial<Options>): options is Options =>
  optionNames.every((name) => options[name] !== undefined);
