/** Leaf blocks, which hold no other blocks: headings, code, rules and tables. */
import type { Cursor } from "./line-cursor.ts";
import type { BlockNode, NodeKind } from "./node.ts";
import { finishParagraph } from "./paragraphs.ts";
import { isFormulaSign } from "./formulas.ts";
import { openNode, type OpenBlocks } from "./open-blocks.ts";
import { maxColumns, maxRowLength, readAlign, splitRow } from "./tables.ts";
import { unescape } from "../inlines/entities.ts";
import { maxLength, trim, trimEnd } from "../inlines/incomplete.ts";

/** A longer line is text: no real heading is so long, and its layout would be slow. */
const maxHeadingLength = 1000;

/** Opens a leaf block, if one starts here. */
export function openLeaf(
  openBlocks: OpenBlocks,
  { words, indent }: Cursor,
  streaming: boolean,
  close: () => void,
): boolean {
  const open = (kind: NodeKind) => {
    close();
    return openNode(openBlocks, kind);
  };
  const level = /^#{1,6}(?=[ \t]|$)/.exec(words)?.[0].length;
  if (level && words.length <= maxHeadingLength) {
    const heading = open("heading");
    heading.number = level;
    heading.text = trimEnd(trim(words.slice(level)).replace(/(^|[ \t])#+$/, ""));
    return true;
  }
  const isShort = words.length <= maxLength;
  const [, fence, info = ""] = (isShort && /^(`{3,}(?=[^`]*$)|~{3,})(.*)$/.exec(words)) || [];
  const sign = fence ?? trimEnd(words);
  // Before the end of its line, a formula's delimiter may be an escaped bracket, or a price.
  if (fence || (!streaming && isFormulaSign(sign))) {
    const code = open("code");
    code.sign = sign;
    code.width = indent;
    code.language = unescape(info.trim()).split(/\s/)[0] || null;
    if (!fence) code.text = `${words}\n`;
    return true;
  }
  return isShort && /^([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(words) && Boolean(open("rule"));
}

/** Makes the last line of a paragraph a table's head, if this line is the row of dashes for it. */
export function openTable(openBlocks: OpenBlocks, paragraph: BlockNode, line: string): boolean {
  const align = readAlign(line);
  // A definition cannot be a table's head.
  if (!align || !finishParagraph(paragraph, openBlocks.define)) return false;
  const at = paragraph.text.lastIndexOf("\n");
  const head = paragraph.text.slice(at + 1);
  if (
    (at < 0 && paragraph.children.length) ||
    head.length > maxRowLength ||
    align.length > maxColumns ||
    align.length !== splitRow(head).length
  )
    return false;
  let table = paragraph;
  if (at < 0) table.kind = "table";
  else {
    paragraph.text = paragraph.text.slice(0, at);
    table = openNode(openBlocks, "table");
  }
  table.text = "";
  table.align = align;
  openNode(openBlocks, "row").text = head;
  return true;
}
