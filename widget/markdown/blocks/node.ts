/** Mutable nodes of the parser's tree, from which the finished tree is built. */
import { lastIn } from "../../builtins/last.ts";
import type { Block, Inline, ListItem } from "../types.ts";

export type Row = { readonly key: number; readonly cells: readonly (readonly Inline[])[] };

export type NodeKind =
  | "root"
  | "quote"
  | "footnote"
  | "list"
  | "item"
  | "paragraph"
  | "run"
  | "heading"
  | "code"
  | "table"
  | "row"
  | "rule";

export interface BlockNode {
  kind: NodeKind;
  readonly key: number;
  readonly parent: BlockNode | null;
  readonly children: BlockNode[];
  /** Text that is not in children: the end of a paragraph, a heading, code, a table's row. */
  text: string;
  /** A heading's level, or an ordered list's first number. */
  number: number | null;
  /** A list's marker without its number, a footnote's label, or a code block's fence; empty for indented code. */
  sign: string;
  /** Indentation of an item's or a footnote's content, or of a code block's fence. */
  width: number;
  /** Blank lines of indented code that count only if more code follows. */
  blanks: string;
  loose: boolean;
  task: boolean | null;
  language: string | null;
  align: readonly ("left" | "center" | "right" | null)[];
  /** Number of positions at which a long paragraph could not be cut. */
  tried: number;
  /** Result built from this node; discarded when the node changes. */
  made: { blocks?: readonly Block[]; item?: ListItem; row?: Row; run?: Inline } | null;
}

export function createNode(kind: NodeKind, key: number, parent: BlockNode | null): BlockNode {
  return {
    kind,
    key,
    parent,
    children: [],
    text: "",
    number: null,
    sign: "",
    width: 0,
    blanks: "",
    loose: false,
    task: null,
    language: null,
    align: [],
    tried: 0,
    made: null,
  };
}

/** Discards the results of a node and its ancestors. */
export function forget(node: BlockNode): void {
  for (let each: BlockNode | null = node; each; each = each.parent) each.made = null;
}

/**
 * Saves nodes that are about to change. Returns a function that restores them. Only their own fields, the number of
 * their children and the last child are saved, since nothing else of them can change.
 */
export function saveNodes(nodes: readonly BlockNode[]): () => void {
  const saved = nodes.map((node) => ({
    node,
    fields: { ...node },
    count: node.children.length,
    last: lastIn(node.children),
  }));
  return () => {
    for (const { node, fields, count, last } of saved) {
      Object.assign(node, fields);
      node.children.length = Math.max(0, count - 1);
      if (last) node.children.push(last);
    }
  };
}
