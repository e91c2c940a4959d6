/** Reads where a link leads: `(address "title")`, `[label]`, and definitions `[label]: address "title"`. */
import { unescape } from "./entities.ts";

export type Target = { readonly address: string; readonly title: string };
type Read<Value> = { readonly value: Value; readonly end: number };

const deepestParentheses = 32;
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
  return at + (matchAt(blanks, text, at)?.[0].length ?? 0);
}

/** Only an address that goes on behind a host, or a mail address or number, may have spaces: anything else is prose. */
const mayHaveSpaces = /(?:https?:\/\/[^\s/?#<>]+[/?#]|mailto:|tel:)[^\s<>]/iy;

/** Reads an address. With `spaces`, those within it belong to it, as in `(https://a.example/my file.pdf "title")`. */
function readAddress(text: string, at: number, spaces = false): Read<string> | null {
  const angle = matchAt(angled, text, at);
  if (angle) return { value: unescape(angle[1] ?? ""), end: at + angle[0].length };
  if (text[at] === "<" || (spaces && !matchAt(mayHaveSpaces, text, at))) return null;
  let depth = 0;
  let end = at;
  for (; end < text.length && end - at < 2000; end++) {
    const sign = text[end] ?? "";
    if (spaces && text.startsWith("](", end)) return null;
    if (sign === " " && spaces && (depth || !readTargetEnd(text, end))) continue;
    if (sign <= " " || sign === "\x7f") break;
    if (sign === "\\" && /[!-/:-@[-`{-~]/.test(text[end + 1] ?? "")) end++;
    else if (sign === "(" && ++depth > deepestParentheses) return null;
    else if (sign === ")" && --depth < 0) break;
  }
  return depth > 0 ? null : { value: unescape(text.slice(at, end)), end };
}

function readTitle(text: string, at: number): Read<string> | null {
  const title = matchAt(quoted, text, at);
  return title && { value: unescape(title[1] ?? title[2] ?? title[3] ?? ""), end: at + title[0].length };
}

/** Reads ` "title")` behind an address. */
function readTargetEnd(text: string, at: number): Read<string> | null {
  let end = skipBlanks(text, at);
  const title = end > at ? readTitle(text, end) : null;
  if (title) end = skipBlanks(text, title.end);
  return text[end] === ")" ? { value: title?.value ?? "", end: end + 1 } : null;
}

/** Reads `(address "title")` at a place. */
export function readTarget(text: string, at: number): Read<Target> | null {
  if (text[at] !== "(") return null;
  const start = skipBlanks(text, at + 1);
  for (const spaces of [false, true]) {
    const address = readAddress(text, start, spaces);
    const rest = address && readTargetEnd(text, address.end);
    if (rest) return { value: { address: address.value, title: rest.value }, end: rest.end };
  }
  return null;
}

/** Whether `(address "title")` at a place is merely unfinished: with one of these endings it would be whole. */
export function isUnfinishedTarget(text: string, at: number): boolean {
  const rest = text.slice(at, at + 4100);
  return (
    rest.length < 4100 &&
    [")", ">)", '")', "')", "))", ")))"].some(
      (ending) => readTarget(rest + ending, 0)?.end === rest.length + ending.length,
    )
  );
}

/** Reads `[label]` at a place; the label is still as written. */
export function readLabel(text: string, at: number): Read<string> | null {
  const found = matchAt(label, text, at);
  return found && { value: found[1] ?? "", end: at + found[0].length };
}

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
  const title = titleAt > address.end ? readTitle(text, titleAt) : null;
  const done = (end: number, found: string | null): Read<Definition> | null => {
    const rest = matchAt(lineEnd, text, end);
    return (
      rest && {
        value: {
          label: normalLabel(name.value),
          target: { address: address.value, title: found ?? "" },
          titled: found !== null,
        },
        end: end + rest[0].length,
      }
    );
  };
  return (title && done(title.end, title.value)) ?? done(address.end, null);
}

/** Whether a text that begins with `[` may still become a definition, all of it, when more comes. */
export function isUnfinishedDefinition(text: string): boolean {
  // A backslash at the end waits for what it escapes.
  const rest = text.trimEnd().replace(/(?<!\\)((?:\\\\)*)\\$/, "$1");
  return (
    rest.length < 4100 &&
    ["", "]:x", ":x", "x", ">", '"', "'", ")"].some(
      (ending) => readDefinition(rest + ending)?.end === rest.length + ending.length,
    )
  );
}
