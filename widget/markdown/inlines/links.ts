/** Link targets `(address "title")`, labels `[label]`, and definitions `[label]: address "title"`. */
import { unescape } from "./entities.ts";

export type Target = { readonly address: string; readonly title: string };
type Read<Value> = { readonly value: Value; readonly end: number };

const maxParentheses = 32;
const blanks = /[ \t]*\n?[ \t]*/y;
const angled = /<((?:\\[^]|[^\\<>\n]){0,2000})>/y;
const quoted = /"((?:\\[^]|[^\\"]){0,1000})"|'((?:\\[^]|[^\\']){0,1000})'|\(((?:\\[^]|[^\\()]){0,1000})\)/y;
const label = /\[((?:\\[^]|[^\\[\]]){0,1000})\]/y;
const lineEnd = /[ \t]*(?:\n|$)/y;

/** Matches a sticky expression at a place. */
export function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

function skipBlanks(text: string, at: number): number {
  matchAt(blanks, text, at);
  return blanks.lastIndex;
}

/** Reads at a place what an expression has in its groups. */
export function readAt(expression: RegExp, text: string, at: number): Read<string> | null {
  const found = matchAt(expression, text, at);
  return found && { value: found.slice(1).join(""), end: expression.lastIndex };
}

/** Only an address that goes on behind a host, or a mail address or number, may have spaces: anything else is prose. */
const mayHaveSpaces = /(?:https?:\/\/[^\s/?#<>]+[/?#]|mailto:|tel:)[^\s<>]/iy;

/** Reads an address. With `spaces`, those within it belong to it, as in `(https://a.example/my file.pdf "title")`. */
function readAddress(text: string, at: number, spaces = false): Read<string> | null {
  const angle = readAt(angled, text, at);
  if (angle) return angle;
  if (text[at] === "<" || (spaces && !matchAt(mayHaveSpaces, text, at))) return null;
  let depth = 0;
  let end = at;
  for (; end < text.length && end - at < 2000; end++) {
    const sign = text[end] ?? "";
    if (spaces && text.startsWith("](", end)) return null;
    if (sign === " " && spaces && (depth || !readTargetEnd(text, end))) continue;
    if (sign <= " " || sign === "\x7f") break;
    if (sign === "\\" && /[!-/:-@[-`{-~]/.test(text[end + 1] ?? "")) end++;
    else if (sign === "(" && ++depth > maxParentheses) return null;
    else if (sign === ")" && --depth < 0) break;
  }
  return depth > 0 ? null : { value: text.slice(at, end), end };
}

/** Reads ` "title")` behind an address. */
function readTargetEnd(text: string, at: number): Read<string> | null {
  let end = skipBlanks(text, at);
  const title = end > at ? readAt(quoted, text, end) : null;
  if (title) end = skipBlanks(text, title.end);
  return text[end] === ")" ? { value: title?.value ?? "", end: end + 1 } : null;
}

const targetOf = (address: Read<string>, title: Read<string> | null): Target => ({
  address: unescape(address.value),
  title: unescape(title?.value ?? ""),
});

/** Reads `(address "title")` at a place. */
export function readTarget(text: string, at: number): Read<Target> | null {
  if (text[at] !== "(") return null;
  const start = skipBlanks(text, at + 1);
  for (const spaces of [false, true]) {
    const address = readAddress(text, start, spaces);
    const rest = address && readTargetEnd(text, address.end);
    if (rest) return { value: targetOf(address, rest), end: rest.end };
  }
  return null;
}

/** Whether a text would be read as a whole if it ended with one of these endings. */
const isUnfinished = (
  text: string,
  endings: readonly string[],
  reads: (text: string) => Read<unknown> | null,
) =>
  text.length < 4100 && endings.some((ending) => reads(text + ending)?.end === text.length + ending.length);

/** Whether `(address "title")` at a place is merely unfinished. */
export const isUnfinishedTarget = (text: string, at: number): boolean =>
  isUnfinished(text.slice(at, at + 4100), [")", ">)", '")', "')", "))", ")))"], (whole) =>
    readTarget(whole, 0),
  );

/** Reads `[label]` at a place; the label is still as written. */
export const readLabel = (text: string, at: number): Read<string> | null => readAt(label, text, at);

/** Makes labels comparable: case, and any white space, do not count. */
export function normalLabel(written: string): string {
  return written.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

export type Definition = { readonly label: string; readonly target: Target; readonly titled: boolean };

/** Reads a definition at the start of a paragraph's text. */
export function readDefinition(text: string): Read<Definition> | null {
  const name = readLabel(text, 0);
  if (!name || !name.value.trim() || text[name.end] !== ":") return null;
  const start = skipBlanks(text, name.end + 1);
  const address = readAddress(text, start);
  if (!address || address.end === start) return null;
  const titleAt = skipBlanks(text, address.end);
  const titled = titleAt > address.end ? readAt(quoted, text, titleAt) : null;
  const title = titled && matchAt(lineEnd, text, titled.end) ? titled : null;
  if (!matchAt(lineEnd, text, (title ?? address).end)) return null;
  return {
    value: { label: normalLabel(name.value), target: targetOf(address, title), titled: Boolean(title) },
    end: lineEnd.lastIndex,
  };
}

/** Whether a text that begins with `[` may still become a definition, all of it, when more comes. */
export const isUnfinishedDefinition = (text: string): boolean =>
  isUnfinished(
    // A backslash at the end waits for what it escapes.
    text.trimEnd().replace(/(?<!\\)((?:\\\\)*)\\$/, "$1"),
    ["", "]:x", ":x", "x", ">", '"', "'", ")"],
    readDefinition,
  );
