/** The `.env` file as text: reading it, and putting set-up's values into a block of their own. */
import { parseEnv } from "node:util";

export type EnvFile = {
  values: Readonly<Record<string, string>>;
  /** Numbers of the lines that set nothing, counted from 1. */
  badLines: readonly number[];
};

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/;

/** Reads as Node does (`util.parseEnv`), which passes over lines that it does not understand. */
export function readEnvFile(text: string): EnvFile {
  const badLines: number[] = [];
  let quote = "";
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (quote !== "") {
      if (line.includes(quote)) quote = "";
      continue;
    }
    const value = assignment.exec(line)?.[2];
    if (value === undefined) {
      if (!/^\s*(#.*)?$/.test(line)) badLines.push(index + 1);
      continue;
    }
    const first = value.charAt(0);
    if (/["'`]/.test(first) && !value.slice(1).includes(first)) quote = first;
  }
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseEnv(text.replace(/^\uFEFF/, ""))))
    values[name] = value ?? "";
  return { values, badLines };
}

const opening =
  "# Written by customgpt-widget setup, which replaces the lines between these two when it runs again.";
const closing = "# End of customgpt-widget setup.";

export type MergedEnvFile = {
  text: string;
  /** Names that the owner set outside the block, to other values: they hold, and were not written. */
  unchanged: readonly string[];
};

/** Puts values into the block, in their order; all outside the block stays as it is, byte for byte. */
export function mergeEnvFile(text: string, values: Readonly<Record<string, string>>): MergedEnvFile {
  const { before, after } = partsOf(text);
  const own = readEnvFile(`${before}\n${after}`).values;
  const unchanged = Object.keys(values).filter((name) => name in own && own[name] !== values[name]);
  const lines = Object.entries(values)
    .filter(([name]) => !(name in own))
    .map(([name, value]) => `${name}=${quoted(value)}`);
  if (lines.length === 0) return { text: before + after, unchanged };
  const gap = before === "" || before.endsWith("\n") ? "" : "\n";
  return { text: `${before}${gap}${[opening, ...lines, closing].join("\n")}\n${after}`, unchanged };
}

/** The values that set-up wrote last time. */
export function writtenBefore(text: string): Readonly<Record<string, string>> {
  return readEnvFile(partsOf(text).block).values;
}

function partsOf(text: string): { before: string; block: string; after: string } {
  const start = text.indexOf(opening);
  const end = start < 0 ? -1 : text.indexOf(closing, start);
  if (end < 0) return { before: text, block: "", after: "" };
  const rest = text.slice(end + closing.length);
  return {
    before: text.slice(0, start),
    block: text.slice(start, end),
    after: rest.replace(/^\r?\n/, ""),
  };
}

/**
 * Single quotes mean the same to Node, to shells and to compose files; `docker run --env-file` passes them on, and
 * the settings are read without them.
 */
function quoted(value: string): string {
  if (/^[\w.,:/@+=*-]*$/.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  throw new Error("A value with a quote or a line break cannot be written into .env.");
}
