/** The README's table of environment settings, made from the settings themselves. */
import { fileVariable, settingTable, type Setting } from "../settings.ts";

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
  return "";
}
