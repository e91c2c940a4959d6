/** The path of drafts that are still open: opening a draft in the right place, and closing what is over. */
import { lastIn } from "../../builtins/last.ts";
import { createDraft, type BlockNode, type NodeKind } from "./node.ts";
import type { Definition } from "../inlines/links.ts";
import { finishParagraph } from "./paragraphs.ts";

export interface OpenBlocks {
  /** From the root to the innermost open draft. Only these can change. */
  drafts: BlockNode[];
  nextKey: number;
  /** How many quotes the present line has entered so far. */
  quotes: number;
  /** In how many quotes the last line was blank, or -1 when it was not blank. */
  blankInQuotes: number;
  readonly define: (definition: Definition) => void;
}

export function createSpine(define: OpenBlocks["define"]): OpenBlocks {
  return { drafts: [createDraft("root", 0, null)], nextKey: 1, quotes: 0, blankInQuotes: -1, define };
}

export function tipOf(spine: OpenBlocks): BlockNode {
  const tip = lastIn(spine.drafts);
  if (!tip) throw new Error("The root of an answer is never closed.");
  return tip;
}

/** Closes what is deeper than `depth`. */
export function closeTo(spine: OpenBlocks, depth: number): void {
  while (spine.drafts.length > depth) {
    const draft = spine.drafts.pop();
    if (draft?.kind === "paragraph" && !finishParagraph(draft, spine.define)) draft.parent?.children.pop();
  }
}

function canHold(parent: NodeKind, child: NodeKind): boolean {
  if (child === "item") return parent === "list";
  if (child === "row") return parent === "table";
  return parent === "root" || parent === "quote" || parent === "footnote" || parent === "item";
}

/** Opens a draft in the innermost one that can hold it, and closes those that cannot. */
export function openDraft(spine: OpenBlocks, kind: NodeKind): BlockNode {
  let parent = tipOf(spine);
  for (; !canHold(parent.kind, kind); parent = tipOf(spine)) closeTo(spine, spine.drafts.length - 1);
  // A blank line between two blocks of an item, or between two items, makes the list loose.
  if (parent.children.length && spine.blankInQuotes >= 0 && spine.blankInQuotes <= spine.quotes) {
    const list = parent.kind === "item" ? parent.parent : parent;
    if (list?.kind === "list") list.loose = true;
  }
  const draft = createDraft(kind, spine.nextKey++, parent);
  parent.children.push(draft);
  spine.drafts.push(draft);
  return draft;
}
