/** Code blocks, fenced and indented: adds lines, and closes the block at its fence. */
import type { Cursor } from "./line-cursor.ts";
import type { BlockNode } from "./node.ts";
import { endsFormula, isFormulaSign } from "./formulas.ts";
import { closeTo, type OpenBlocks } from "./open-blocks.ts";

/**
 * Adds a line to the innermost node, a code block, or closes it. Returns false, with nothing done, when an
 * unfinished line (`streaming`) may become the block's end.
 */
export function growCode(
  openBlocks: OpenBlocks,
  code: BlockNode,
  cursor: Cursor,
  streaming: boolean,
): boolean {
  const { sign } = code;
  const close = () => closeTo(openBlocks, openBlocks.nodes.length - 1);
  const fence = (cursor.indent < 4 && /^(`+|~+)[ \t]*$/.exec(cursor.words)?.[1]) || "";
  if (fence && fence[0] === sign[0]) {
    if (streaming) return false;
    if (fence.length >= sign.length) {
      close();
      return true;
    }
  }
  cursor.takeColumns(sign ? code.width : 4);
  code.blanks += streaming ? cursor.rest : `${cursor.rest}\n`;
  // Blank lines of indented code count only when more code follows.
  if (sign || cursor.words) {
    code.text += code.blanks;
    code.blanks = "";
  }
  if (!streaming && isFormulaSign(sign) && endsFormula(cursor.words, sign)) close();
  return true;
}
