/** Open blocks: the path of unfinished nodes; opens new ones and closes finished ones. */
import { lastIn } from "../../builtins/last.ts";
import { createNode, type BlockNode, type NodeKind } from "./node.ts";
import type { Definition } from "../inlines/links.ts";
import { finishParagraph } from "./paragraphs.ts";

export interface OpenBlocks {
  /** From the root to the innermost open node. Only these can change. */
  nodes: BlockNode[];
  nextKey: number;
  /** Number of block quotes that the current line has entered so far. */
  quotes: number;
  /** Number of block quotes in which the last line was blank, or -1 when it was not blank. */
  blankInQuotes: number;
  define: (definition: Definition) => void;
}

export function createOpenBlocks(define: OpenBlocks["define"]): OpenBlocks {
  return { nodes: [createNode("root", 0, null)], nextKey: 1, quotes: 0, blankInQuotes: -1, define };
}

export function tipOf(openBlocks: OpenBlocks): BlockNode {
  const tip = lastIn(openBlocks.nodes);
  if (!tip) throw new Error("The root of an answer is never closed.");
  return tip;
}

/** Closes nodes deeper than `depth`. */
export function closeTo(openBlocks: OpenBlocks, depth: number): void {
  while (openBlocks.nodes.length > depth) {
    const node = openBlocks.nodes.pop();
    if (node?.kind === "paragraph" && !finishParagraph(node, openBlocks.define)) node.parent?.children.pop();
  }
}

function canHold(parent: NodeKind, child: NodeKind): boolean {
  if (child === "item") return parent === "list";
  if (child === "row") return parent === "table";
  return parent === "root" || parent === "quote" || parent === "footnote" || parent === "item";
}

/** Opens a node in the innermost one that can contain it, and closes deeper ones. */
export function openNode(openBlocks: OpenBlocks, kind: NodeKind): BlockNode {
  let parent = tipOf(openBlocks);
  for (; !canHold(parent.kind, kind); parent = tipOf(openBlocks))
    closeTo(openBlocks, openBlocks.nodes.length - 1);
  // A blank line between two blocks of an item, or between two items, makes the list loose.
  if (
    parent.children.length &&
    openBlocks.blankInQuotes >= 0 &&
    openBlocks.blankInQuotes <= openBlocks.quotes
  ) {
    const list = parent.kind === "item" ? parent.parent : parent;
    if (list?.kind === "list") list.loose = true;
  }
  const node = createNode(kind, openBlocks.nextKey++, parent);
  parent.children.push(node);
  openBlocks.nodes.push(node);
  return node;
}
