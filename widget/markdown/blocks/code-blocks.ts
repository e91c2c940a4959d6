/** Grows code blocks, fenced and indented ones. */
import type { Cursor } from "./line-cursor.ts";
import type { BlockNode } from "./node.ts";
import { endsFormula, isFormulaSign } from "./formulas.ts";
import { closeTo, type OpenBlocks } from "./open-blocks.ts";

/**
 * Adds a line to the innermost draft, a code block, or closes it. Returns false, with nothing done, when an
 * unfinished line (`growing`) may become the block's end.
 */
export function growCode(openBlocks: OpenBlocks, code: BlockNode, cursor: Cursor, growing: boolean): boolean {
  const end = growing ? "" : "\n";
  if (!code.sign) {
    cursor.takeColumns(4);
    // Blank lines count only when more code follows.
    if (!cursor.words) code.blanks += cursor.rest + end;
    else {
      code.text += code.blanks + cursor.rest + end;
      code.blanks = "";
    }
    return true;
  }
  if (isFormulaSign(code.sign)) {
    cursor.takeColumns(code.width);
    code.text += cursor.rest + end;
    if (!growing && endsFormula(cursor.words, code.sign)) closeTo(openBlocks, openBlocks.nodes.length - 1);
    return true;
  }
  const fence = cursor.indent < 4 && /^(`+|~+)[ \t]*$/.exec(cursor.words)?.[1];
  if (fence && fence[0] === code.sign[0]) {
    if (growing) return false;
    if (fence.length >= code.sign.length) {
      closeTo(openBlocks, openBlocks.nodes.length - 1);
      return true;
    }
  }
  cursor.takeColumns(code.width);
  code.text += cursor.rest + end;
  return true;
}
