/** Tells which way a text runs by its first letter, as `dir=auto` does, but block by block; code does not count. */
import type { Block, Inline } from "./types.ts";

export type Direction = "ltr" | "rtl";

const letter = /\p{L}/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

function ofText(text: string): Direction | null {
  const [found] = letter.exec(text) ?? [];
  return found ? (rightToLeft.test(found) ? "rtl" : "ltr") : null;
}

function firstOf<Part>(parts: readonly Part[], direct: (part: Part) => Direction | null): Direction | null {
  for (const part of parts) {
    const found = direct(part);
    if (found) return found;
  }
  return null;
}

/** Of what never changes once it is made: else a text without letters would be read anew whenever it grows. */
const known = new WeakMap<object, Direction | null>();

function onceOf<Part extends object>(part: Part, direct: (part: Part) => Direction | null): Direction | null {
  const before = known.get(part);
  if (before !== undefined) return before;
  const found = direct(part);
  known.set(part, found);
  return found;
}

function ofInline(inline: Inline): Direction | null {
  if (inline.kind === "run") return onceOf(inline, ({ inlines }) => inlinesDirection(inlines));
  if ("inlines" in inline) return inlinesDirection(inline.inlines);
  return inline.kind === "text" || inline.kind === "image" ? ofText(inline.text) : null;
}

/** Null where there is no letter to go by. */
export const inlinesDirection = (inlines: readonly Inline[]): Direction | null => firstOf(inlines, ofInline);

const cellsDirection = (cells: readonly (readonly Inline[])[]) => firstOf(cells, inlinesDirection);
const rowDirection = (row: { readonly cells: Parameters<typeof cellsDirection>[0] }) =>
  onceOf(row, ({ cells }) => cellsDirection(cells));

function blockDirection(block: Block): Direction | null {
  switch (block.kind) {
    case "paragraph":
    case "heading":
      return inlinesDirection(block.inlines);
    case "quote":
      return blocksDirection(block.blocks);
    case "list":
      return firstOf(block.items, (item) => blocksDirection(item.blocks));
    case "table":
      return cellsDirection(block.head) ?? firstOf(block.rows, rowDirection);
    default:
      return null;
  }
}

export const blocksDirection = (blocks: readonly Block[]): Direction | null =>
  firstOf(blocks, (block) => onceOf(block, blockDirection));
