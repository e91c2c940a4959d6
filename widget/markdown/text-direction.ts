/** Direction of text by its first letter, as `dir=auto` has it, but block by block; code and footnotes do not count. */
import type { Block, Inline, ListItem } from "./types.ts";

export type Direction = "ltr" | "rtl";

type Row = Extract<Block, { kind: "table" }>["rows"][number];
type Part = Block | ListItem | Inline | Row | readonly Part[];

const letter = /\p{L}/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Cache for immutable nodes, or a text without letters would be searched again whenever it grows. */
const known = new WeakMap<Part, Direction | null>();

function ofText(text: string): Direction | null {
  const [found] = letter.exec(text) ?? [];
  return found ? (rightToLeft.test(found) ? "rtl" : "ltr") : null;
}

function partsOf(part: Part): readonly Part[] {
  if ("length" in part) return part;
  if ("inlines" in part) return part.inlines;
  if ("items" in part) return part.items;
  if ("rows" in part) return [part.head, part.rows];
  if ("cells" in part) return part.cells;
  return "blocks" in part && !("label" in part) ? part.blocks : [];
}

/** Null without any letter. */
export function directionOf(part: Part): Direction | null {
  let found = known.get(part);
  if (found !== undefined) return found;
  found = null;
  if ("text" in part) {
    if (part.kind !== "code") found = ofText(part.text);
  } else for (const each of partsOf(part)) if ((found = directionOf(each))) break;
  known.set(part, found);
  return found;
}
