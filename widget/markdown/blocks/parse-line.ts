/** Takes an answer line by line and grows the drafts: CommonMark's blocks, and GitHub's tables and tasks. */
import { type Marker, mayInterrupt, readFootnote, readMarker, underlineLevel } from "./block-markers.ts";
import { growCode } from "./code-blocks.ts";
import { createCursor, type Cursor } from "./line-cursor.ts";
import type { BlockNode } from "./node.ts";
import { isFormulaSign } from "./formulas.ts";
import { openLeaf, openTable } from "./leaf-blocks.ts";
import { finishParagraph, growParagraph } from "./paragraphs.ts";
import { closeTo, openDraft, type OpenBlocks, tipOf } from "./open-blocks.ts";
import { longestRow } from "./tables.ts";
import { isFenceBeginning, isFootnoteBeginning, isOnlySigns } from "../inlines/incomplete.ts";

/** How deep containers may nest, a list and its item counted one each; beyond it their signs are text. */
const deepest = 80;

/** Whether an open draft goes on in this line; takes off its part of the line if so. */
function goesOn(draft: BlockNode, cursor: Cursor): boolean {
  const blank = !cursor.words;
  switch (draft.kind) {
    case "quote":
      return takeQuoteSign(cursor);
    case "item":
    case "footnote":
      if (blank ? !draft.children.length : cursor.indent < draft.width) return false;
      cursor.takeColumns(draft.width);
      return true;
    case "list":
      return true;
    case "code":
      if (isFormulaSign(draft.sign)) return !blank;
      return Boolean(draft.sign) || blank || cursor.indent > 3;
    case "paragraph":
      return !blank;
    case "table":
      return !blank && cursor.words.length <= longestRow;
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

function openItem(spine: OpenBlocks, cursor: Cursor, marker: Marker): void {
  const before = cursor.indent;
  cursor.takeSigns(marker.length);
  const space = !cursor.words || cursor.indent > 4 ? 1 : cursor.indent;
  cursor.takeColumns(space);
  const tip = tipOf(spine);
  if (tip.kind !== "list" || tip.sign !== marker.sign) {
    const list = openDraft(spine, "list");
    list.sign = marker.sign;
    list.number = marker.number ?? -1;
  }
  openDraft(spine, "item").width = before + marker.length + space;
}

function openFootnote(
  spine: OpenBlocks,
  cursor: Cursor,
  { length, label }: { length: number; label: string },
): void {
  cursor.takeSigns(length);
  const footnote = openDraft(spine, "footnote");
  footnote.sign = label;
  footnote.width = 4;
}

function addText(spine: OpenBlocks, cursor: Cursor, paragraph: BlockNode | null): void {
  const { words } = cursor;
  if (paragraph) return growParagraph(paragraph, words, spine.define);
  if (tipOf(spine).kind === "table") {
    openDraft(spine, "row").text = words;
    return;
  }
  const draft = openDraft(spine, "paragraph");
  const item = draft.parent?.kind === "item" && draft.parent.children.length === 1 ? draft.parent : null;
  const box = item && /^\[([ xX])\][ \t]+(?=\S)/.exec(words);
  if (box) item.task = box[1] !== " ";
  growParagraph(draft, words.slice(box?.[0].length ?? 0), spine.define);
}

/**
 * Applies a line. When `growing`, the line is unfinished: then nothing is done, and false returned, as long as it
 * may still become something else.
 */
export function applyLine(spine: OpenBlocks, line: string, growing: boolean): boolean {
  const { drafts } = spine;
  const cursor = createCursor(line);
  let depth = 1;
  spine.quotes = 0;
  for (let draft; (draft = drafts[depth]) && goesOn(draft, cursor); depth++) {
    if (draft.kind === "quote") spine.quotes++;
  }
  const tip = tipOf(spine);
  const reached = depth === drafts.length;
  if (reached && tip.kind === "code") {
    spine.blankInQuotes = cursor.words || tip.sign ? -1 : spine.quotes;
    return growCode(spine, tip, cursor, growing);
  }
  const { rest } = cursor;
  if (growing && (isOnlySigns(rest) || isFenceBeginning(rest) || isFootnoteBeginning(rest))) return false;

  /** The paragraph this line continues unless another block begins here. */
  let paragraph = tip.kind === "paragraph" && cursor.words ? tip : null;
  let opened = false;
  const close = () => {
    if (!opened) closeTo(spine, depth);
    opened = true;
    paragraph = null;
  };

  while (cursor.words && cursor.indent < 4) {
    const { words } = cursor;
    // A paragraph that was cut into runs is too long for a heading.
    const level = paragraph && reached && !tip.children.length ? underlineLevel(words) : 0;
    const marker = readMarker(words);
    const note = drafts.length < deepest ? readFootnote(words) : null;
    if (words[0] === ">" && drafts.length < deepest) {
      close();
      openDraft(spine, "quote");
      spine.quotes++;
      takeQuoteSign(cursor);
    } else if (note) {
      close();
      openFootnote(spine, cursor, note);
    } else if (paragraph && level && finishParagraph(paragraph, spine.define)) {
      tip.kind = "heading";
      tip.number = level;
      spine.blankInQuotes = -1;
      return true;
    } else if (openLeaf(spine, cursor, growing, close)) {
      spine.blankInQuotes = -1;
      return true;
    } else if (marker && drafts.length < deepest && !(paragraph && reached && !mayInterrupt(marker, words))) {
      close();
      openItem(spine, cursor, marker);
    } else break;
  }

  if (!cursor.words) {
    spine.blankInQuotes = opened ? -1 : spine.quotes;
    close();
    return true;
  }
  if (!paragraph) close();
  if (!paragraph && cursor.indent > 3) growCode(spine, openDraft(spine, "code"), cursor, growing);
  else if (!(paragraph && reached && cursor.indent < 4 && openTable(spine, tip, cursor.words)))
    addText(spine, cursor, paragraph);
  spine.blankInQuotes = -1;
  return true;
}
