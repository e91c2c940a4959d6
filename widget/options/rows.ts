/** The documentation's table of options, made from the option table and the sentences written above its entries. */
import { optionTable, isOptionName } from "./table.ts";
import type { OptionName, Options } from "./table.ts";
// oxlint-disable-next-line import/default -- `?raw` makes Vite give the file's text.
import source from "./table.ts?raw";

const takes: Readonly<Record<string, string>> = {
  text: "text",
  address: "an http or https address",
  color: "`#rgb`, `#rrggbb` or `rgb(r, g, b)`",
  flag: "yes when present; `false` for no",
  pixels: "pixels, 0 to 500",
  list: "texts",
};

const words = (list: string) =>
  [...list.matchAll(/"([^"]+)"/g)].map((match) => `\`${match[1] ?? ""}\``).join(", ");

/** Rows of attribute on the tag, what it takes, its default, and what it does, in the table's order. */
export function optionRows(): string[][] {
  const entries = source.matchAll(/\/\*\* (.+) \*\/\n {2}(\w+): (\w+)\((.*)\),/g);
  return [...entries].map(([, sentence = "", name = "", kind = "", given = ""]) => {
    if (!isOptionName(name)) throw new Error(`The table has no option "${name}".`);
    const usual = optionTable[name].usual;
    const taken = kind === "choice" ? words(given) : takes[kind];
    if (!taken) throw new Error(`What does an option of kind "${kind}" take?`);
    return [`\`data-${name}\``, taken, describe(usual), sentence];
  });
}

function describe(usual: Options[OptionName]): string {
  if (usual === null || typeof usual === "object") return "";
  return typeof usual === "boolean" ? (usual ? "yes" : "no") : `\`${usual}\``;
}
