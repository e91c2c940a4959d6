/** REFERENCE.md's table of environment settings, made from the settings themselves. */
import * as v from "valibot";
import { settingTable } from "./table.ts";
import { ratesText } from "./rates.ts";
import { fileVariable, type Setting } from "./setting.ts";

const rateList = v.array(v.object({ max: v.number(), seconds: v.number() }));

/** Rows of variable, what it takes, its default, and what it does, in the table's order. */
export function settingRows(): string[][] {
  return Object.values(settingTable).map((setting) => [
    `\`${setting.name}\``,
    setting.kind.takes,
    defaultOf(setting),
    setting.doc + fileNote(setting),
  ]);
}

function fileNote({ name, secret }: Setting<unknown, unknown>): string {
  return secret ? ` Or, as a file: \`${fileVariable(name)}\`.` : "";
}

function defaultOf({ fallback }: Setting<unknown, unknown>): string {
  if (fallback instanceof URL || typeof fallback === "string" || typeof fallback === "number")
    return `\`${String(fallback)}\``;
  const asRates = v.safeParse(rateList, fallback);
  if (asRates.success && asRates.output.length > 0) return `\`${ratesText(asRates.output)}\``;
  return "";
}
