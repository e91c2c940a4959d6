/** Opens blocks that hold no others: headings, code, rules and tables. */
import { isRule, readFence, readHeading } from "./block-markers.ts";
import type { Cursor } from "./line-cursor.ts";
import type { BlockNode } from "./node.ts";
import { finishParagraph } from "./paragraphs.ts";
import { isFormulaSign } from "./formulas.ts";
import { openDraft, type OpenBlocks } from "./open-blocks.ts";
import { isAlign, readAlign } from "./tables.ts";
import { trimEnd } from "../inlines/incomplete.ts";

/** Opens a block that is no container, if one begins here. */
export function openLeaf(
  openBlocks: OpenBlocks,
  { words, indent }: Cursor,
  growing: boolean,
  close: () => void,
): boolean {
  const heading = readHeading(words);
  const fence = heading ? null : readFence(words);
  // Before its line has ended, a formula's sign may be an escaped bracket, or a price.
  const formula = !growing && isFormulaSign(trimEnd(words));
  if (!heading && !fence && !formula && !isRule(words)) return false;
  close();
  const node = openDraft(openBlocks, heading ? "heading" : fence || formula ? "code" : "rule");
  if (heading) {
    node.number = heading.level;
    node.text = heading.text;
  } else if (fence) {
    node.sign = fence.sign;
    node.language = fence.language;
    node.width = indent;
  } else if (formula) {
    node.sign = trimEnd(words);
    node.width = indent;
    node.text = `${words}\n`;
  }
  return true;
}

/** Makes the last line of a paragraph a table's head, if this line is the row of dashes for it. */
export function openTable(openBlocks: OpenBlocks, paragraph: BlockNode, line: string): boolean {
  // A definition is nobody's head.
  if (!isAlign(line) || !finishParagraph(paragraph, openBlocks.define)) return false;
  const at = paragraph.text.lastIndexOf("\n");
  if (at < 0 && paragraph.children.length) return false;
  const head = paragraph.text.slice(at + 1);
  const align = readAlign(line, head);
  if (!align) return false;
  let table = paragraph;
  if (at < 0) table.kind = "table";
  else {
    paragraph.text = paragraph.text.slice(0, at);
    table = openDraft(openBlocks, "table");
  }
  table.text = "";
  table.align = align;
  openDraft(openBlocks, "row").text = head;
  return true;
}
