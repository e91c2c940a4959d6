/** Options table of the documentation, generated from the option tables and the comments of their entries. */
import { contactOptions } from "./contact-options.ts";
// oxlint-disable-next-line import/default -- `?raw` makes Vite give the file's text.
import contactSource from "./contact-options.ts?raw";
import { lazyOptions } from "./lazy-options.ts";
// oxlint-disable-next-line import/default -- `?raw` makes Vite give the file's text.
import lazySource from "./lazy-options.ts?raw";
import { starterOptions } from "./starter-options.ts";
// oxlint-disable-next-line import/default -- `?raw` makes Vite give the file's text.
import starterSource from "./starter-options.ts?raw";
import { bootOptions, panelOptions } from "./table.ts";
// oxlint-disable-next-line import/default -- `?raw` makes Vite give the file's text.
import source from "./table.ts?raw";

const options: Readonly<Record<string, { readonly fallback: unknown }>> = {
  ...bootOptions,
  ...panelOptions,
  ...starterOptions,
  ...contactOptions,
  ...lazyOptions,
};

export const optionNames: readonly string[] = Object.keys(options);

const takes: Readonly<Record<string, string>> = {
  text: "text",
  address: "an http or https address",
  color: "`#rgb`, `#rrggbb` or `rgb(r, g, b)`",
  flag: "yes when present; `false` for no",
  pixels: "pixels, 0 to 500",
  list: "texts",
  lifetime: "`page`, `visit`, or days from 1 to 365",
  contact: "a mail address; an http, https or `tel:` address; `off`",
  lists: "texts",
};

/** An option as its table says it. */
type DescribedOption = {
  readonly name: string;
  /** The name of its parser. */
  readonly kind: string;
  /** The words that a choice takes; the first is the usual one. */
  readonly words: readonly string[];
  readonly fallback: unknown;
  /** What it does, in one sentence or two. */
  readonly sentence: string;
};

/** The options in the table's order. */
export function describedOptions(): DescribedOption[] {
  const entries = (source + starterSource + contactSource + lazySource).matchAll(
    /\/\*\* (.+) \*\/\n {2}(\w+): (\w+)\((.*)\),/g,
  );
  const described = [...entries].map(([, sentence = "", name = "", kind = "", given = ""]) => {
    const option = options[name];
    if (!option) throw new Error(`The table has no option "${name}".`);
    const words = [...given.matchAll(/"([^"]+)"/g)].map(([, word = ""]) => word);
    return { name, kind, words, fallback: option.fallback, sentence };
  });
  const lost = optionNames.find((name) => !described.some((option) => option.name === name));
  if (lost)
    throw new Error(
      `The option "${lost}" needs one sentence as its comment, and a name of one word in lower case.`,
    );
  return described;
}

/** Rows of attribute on the tag, what it takes, its default, and what it does, in the table's order. */
export function optionRows(): string[][] {
  return describedOptions().map(({ name, kind, words, fallback, sentence }) => {
    const taken = kind === "choice" ? words.map((word) => `\`${word}\``).join(", ") : takes[kind];
    if (!taken) throw new Error(`What does an option of kind "${kind}" take?`);
    return [`\`data-${name}\``, taken, describe(fallback), sentence];
  });
}

function describe(fallback: unknown): string {
  if (typeof fallback === "boolean") return fallback ? "yes" : "no";
  return typeof fallback === "string" || typeof fallback === "number" ? `\`${fallback}\`` : "";
}
