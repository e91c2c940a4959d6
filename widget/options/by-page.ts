/** Lists by page: reads them, and picks the one for a page, the first whose pattern fits. */
import type { Option } from "./parsers.ts";
import { list } from "./list-parser.ts";

/** Lists by the pages they are for. */
export type ListsByPage = { readonly [pattern: string]: readonly string[] };

/** An address as people write it, not as the browser encodes it. */
function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Whether a pattern, in which `*` stands for anything, is the whole of a text. */
function fits(pattern: string, text: string): boolean {
  const [first = "", ...pieces] = pattern.split("*");
  const last = pieces.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

const anyList = list();

/** Lists by page, in JSON or from a script. */
export const listsByPage: Option<ListsByPage | null> = {
  fallback: null,
  read(given) {
    let value = given;
    try {
      if (typeof given === "string") value = JSON.parse(given);
    } catch {
      return undefined;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    const found: [pattern: string, list: readonly string[]][] = [];
    for (const [pattern, items] of Object.entries(value)) {
      const texts = Array.isArray(items) && anyList.read(items);
      if (!texts) return undefined;
      found.push([pattern, texts]);
    }
    return Object.fromEntries(found);
  },
};

/** One list for all pages, or lists by page: what stands in braces, or is an object. */
export const lists = /* @__NO_SIDE_EFFECTS__ */ (): Option<readonly string[] | ListsByPage | null> => ({
  fallback: null,
  read(given) {
    const isOne = typeof given === "string" ? !given.trim().startsWith("{") : Array.isArray(given);
    return (isOne ? anyList : listsByPage).read(given);
  },
});

/** Whether it is for all pages. */
export const isOneList = (given: readonly string[] | ListsByPage): given is readonly string[] =>
  Array.isArray(given);

/** `address` is the page's, without query and hash; empty where it has none. Null when no pattern fits. */
export function listFor(lists: ListsByPage, address: string): readonly string[] | null {
  const whole = readable(address);
  const path = whole.replace(/^https?:\/\/[^/]*/i, "");
  const found = Object.entries(lists).find(([pattern]) => {
    const isWhole = /^https?:\/\//i.test(pattern);
    return fits(readable(pattern), isWhole ? whole : path);
  });
  return found?.[1] ?? null;
}
