/** Block parser, one line at a time: CommonMark's blocks, GitHub's tables and tasks. */
import { growCode } from "./code-blocks.ts";
import { createCursor, type Cursor } from "./line-cursor.ts";
import type { BlockNode } from "./node.ts";
import { isFormulaSign } from "./formulas.ts";
import { openLeaf, openTable } from "./leaf-blocks.ts";
import { finishParagraph, growParagraph } from "./paragraphs.ts";
import { closeTo, openNode, type OpenBlocks, tipOf } from "./open-blocks.ts";
import { maxRowLength } from "./tables.ts";
import { isUndecided, maxLength } from "../inlines/incomplete.ts";

/** Maximum depth of containers, a list and its item counted separately; deeper markers are text. */
const maxDepth = 80;

const listMarker = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/;
const footnoteMarker = /^\[\^([\w-]{1,32})\]:[ \t]*/;
/** The underline of a setext heading. */
const underline = /^(?:=+|-+)[ \t]*$/;

/** Whether an open node continues in this line; removes its part of the line if so. */
function goesOn(node: BlockNode, cursor: Cursor): boolean {
  const blank = !cursor.words;
  switch (node.kind) {
    case "quote":
      return takeQuoteSign(cursor);
    case "item":
    case "footnote":
      if (blank ? !node.children.length : cursor.indent < node.width) return false;
      cursor.takeColumns(node.width);
      return true;
    case "list":
      return true;
    case "code":
      if (isFormulaSign(node.sign)) return !blank;
      return Boolean(node.sign) || blank || cursor.indent > 3;
    case "paragraph":
      return !blank;
    case "table":
      return !blank && cursor.words.length <= maxRowLength;
    default:
      return false;
  }
}

function takeQuoteSign(cursor: Cursor): boolean {
  if (cursor.indent > 3 || cursor.words[0] !== ">") return false;
  cursor.takeSigns(1);
  cursor.takeColumns(1);
  return true;
}

function openItem(openBlocks: OpenBlocks, cursor: Cursor, marker: string, number: string | undefined): void {
  const before = cursor.indent;
  cursor.takeSigns(marker.length);
  const space = !cursor.words || cursor.indent > 4 ? 1 : cursor.indent;
  cursor.takeColumns(space);
  const tip = tipOf(openBlocks);
  const sign = marker.slice(-1);
  if (tip.kind !== "list" || tip.sign !== sign) {
    const list = openNode(openBlocks, "list");
    list.sign = sign;
    list.number = number ? Number(number) : null;
  }
  openNode(openBlocks, "item").width = before + marker.length + space;
}

function addText(openBlocks: OpenBlocks, cursor: Cursor, paragraph: BlockNode | null): void {
  const { words } = cursor;
  if (paragraph) return growParagraph(paragraph, words, openBlocks.define);
  if (tipOf(openBlocks).kind === "table") {
    openNode(openBlocks, "row").text = words;
    return;
  }
  const node = openNode(openBlocks, "paragraph");
  const item = node.parent?.kind === "item" && node.parent.children.length === 1 ? node.parent : null;
  const box = item && /^\[([ xX])\][ \t]+(?=\S)/.exec(words);
  if (box) item.task = box[1] !== " ";
  growParagraph(node, words.slice(box?.[0].length ?? 0), openBlocks.define);
}

/** Whether a line underlines the paragraph above as a heading. A paragraph in runs is too long for that. */
const isUnderline = ({ children }: BlockNode, words: string) =>
  !children.length && words.length <= maxLength && underline.test(words);

/** Opens the blocks that start in a line after `depth` open ones. Returns the number of quotes in which it is blank, or -1. */
function openLine(openBlocks: OpenBlocks, cursor: Cursor, depth: number, streaming: boolean): number {
  const { nodes } = openBlocks;
  const tip = tipOf(openBlocks);
  const reached = depth === nodes.length;
  /** The paragraph that this line continues unless another block starts here. */
  let paragraph = tip.kind === "paragraph" && cursor.words ? tip : null;
  let opened = false;
  const close = () => {
    if (!opened) closeTo(openBlocks, depth);
    opened = true;
    paragraph = null;
  };

  while (cursor.words && cursor.indent < 4) {
    const { words } = cursor;
    const above: BlockNode | null = reached ? paragraph : null;
    const mayNest = nodes.length < maxDepth;
    const [marker, number] = (mayNest && listMarker.exec(words)) || [];
    const [note, label = ""] = (mayNest && footnoteMarker.exec(words)) || [];
    if (words[0] === ">" && mayNest) {
      close();
      openNode(openBlocks, "quote");
      openBlocks.quotes++;
      takeQuoteSign(cursor);
    } else if (note) {
      close();
      cursor.takeSigns(note.length);
      const footnote = openNode(openBlocks, "footnote");
      footnote.sign = label;
      footnote.width = 4;
    } else if (above && isUnderline(above, words) && finishParagraph(above, openBlocks.define)) {
      above.kind = "heading";
      above.number = words[0] === "=" ? 1 : 2;
      return -1;
    } else if (openLeaf(openBlocks, cursor, streaming, close)) {
      return -1;
    } else if (marker && !(above && (Number(number ?? 1) !== 1 || words.trimEnd() === marker))) {
      // A list cannot interrupt a paragraph with an empty item or a number other than 1.
      close();
      openItem(openBlocks, cursor, marker, number);
    } else break;
  }

  const isBlank = !opened && !cursor.words;
  if (!paragraph) close();
  if (isBlank) return openBlocks.quotes;
  if (!cursor.words) return -1;
  if (!paragraph && cursor.indent > 3) growCode(openBlocks, openNode(openBlocks, "code"), cursor, streaming);
  else if (!(paragraph && reached && cursor.indent < 4 && openTable(openBlocks, tip, cursor.words)))
    addText(openBlocks, cursor, paragraph);
  return -1;
}

/**
 * Applies a line. When `streaming`, the line is unfinished: returns false, without a change, while it may still become
 * another block.
 */
export function applyLine(openBlocks: OpenBlocks, line: string, streaming: boolean): boolean {
  const { nodes } = openBlocks;
  const cursor = createCursor(line);
  let depth = 1;
  openBlocks.quotes = 0;
  for (let node; (node = nodes[depth]) && goesOn(node, cursor); depth++) {
    if (node.kind === "quote") openBlocks.quotes++;
  }
  const tip = tipOf(openBlocks);
  if (depth === nodes.length && tip.kind === "code") {
    openBlocks.blankInQuotes = cursor.words || tip.sign ? -1 : openBlocks.quotes;
    return growCode(openBlocks, tip, cursor, streaming);
  }
  if (streaming && isUndecided(cursor.rest)) return false;
  openBlocks.blankInQuotes = openLine(openBlocks, cursor, depth, streaming);
  return true;
}
