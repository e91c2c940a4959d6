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

/** Matches a sticky expression at a position. */
export function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

function skipBlanks(text: string, at: number): number {
  matchAt(blanks, text, at);
  return blanks.lastIndex;
}

/** The groups of an expression at a position. */
export function readAt(expression: RegExp, text: string, at: number): Read<string> | null {
  const found = matchAt(expression, text, at);
  return found && { value: found.slice(1).join(""), end: expression.lastIndex };
}

/** Only a URL with a path, a mail address or a number may contain spaces; other text is prose. */
const mayHaveSpaces = /(?:https?:\/\/[^\s/?#<>]+[/?#]|mailto:|tel:)[^\s<>]/iy;

/** Parses an address. With `spaces` it may contain some, as in `(https://a.example/my file.pdf "title")`. */
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

/** Parses ` "title")` after an address. */
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

/** Parses `(address "title")` at a position. */
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

/** Whether a text would be complete with one of these endings. */
const isUnfinished = (
  text: string,
  endings: readonly string[],
  reads: (text: string) => Read<unknown> | null,
) =>
  text.length < 4100 && endings.some((ending) => reads(text + ending)?.end === text.length + ending.length);

/** Whether `(address "title")` at a position is valid but unfinished. */
export const isUnfinishedTarget = (text: string, at: number): boolean =>
  isUnfinished(text.slice(at, at + 4100), [")", ">)", '")', "')", "))", ")))"], (whole) =>
    readTarget(whole, 0),
  );

/** Parses `[label]` at a position; the label is not normalized. */
export const readLabel = (text: string, at: number): Read<string> | null => readAt(label, text, at);

/** Normalizes a label: ignores case and the kind of white space. */
export function normalLabel(written: string): string {
  return written.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

export type Definition = { readonly label: string; readonly target: Target; readonly titled: boolean };

/** Parses a definition at the start of a paragraph's text. */
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

/** Whether a text that starts with `[` may still become a definition as a whole. */
export const isUnfinishedDefinition = (text: string): boolean =>
  isUnfinished(
    // A backslash at the end waits for the character that it escapes.
    text.trimEnd().replace(/(?<!\\)((?:\\\\)*)\\$/, "$1"),
    ["", "]:x", ":x", "x", ">", '"', "'", ")"],
    readDefinition,
  );
