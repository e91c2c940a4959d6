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
  spine: OpenBlocks,
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
  const draft = openDraft(spine, heading ? "heading" : fence || formula ? "code" : "rule");
  if (heading) {
    draft.number = heading.level;
    draft.text = heading.text;
  } else if (fence) {
    draft.sign = fence.sign;
    draft.language = fence.language;
    draft.width = indent;
  } else if (formula) {
    draft.sign = trimEnd(words);
    draft.width = indent;
    draft.text = `${words}\n`;
  }
  return true;
}

/** Makes the last line of a paragraph a table's head, if this line is the row of dashes for it. */
export function openTable(spine: OpenBlocks, paragraph: BlockNode, line: string): boolean {
  // A definition is nobody's head.
  if (!isAlign(line) || !finishParagraph(paragraph, spine.define)) return false;
  const at = paragraph.text.lastIndexOf("\n");
  if (at < 0 && paragraph.children.length) return false;
  const head = paragraph.text.slice(at + 1);
  const align = readAlign(line, head);
  if (!align) return false;
  let table = paragraph;
  if (at < 0) table.kind = "table";
  else {
    paragraph.text = paragraph.text.slice(0, at);
    table = openDraft(spine, "table");
  }
  table.text = "";
  table.align = align;
  openDraft(spine, "row").text = head;
  return true;
}
