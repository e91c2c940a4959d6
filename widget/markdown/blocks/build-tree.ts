/** Builder of the syntax tree from the parser's nodes; builds each part once. */
import type { BlockNode, Row } from "./node.ts";
import { parseInlines } from "../inlines/parse-inlines.ts";
import { isUnfinishedDefinition, readDefinition, type Target } from "../inlines/links.ts";
import { barOf, maxRowLength, maxColumns, splitRow } from "./tables.ts";
import type { Block, Inline, ListItem } from "../types.ts";

/** Short rows of a wider table are not filled up, or a hostile table would take quadratic time. */
const maxFilledCells = 64;
const emptyCell: readonly Inline[] = [];

export interface TreeBuilder {
  readonly base: string | undefined;
  /** The innermost open node, or null at the end of the answer: its text may still grow. */
  readonly tip: BlockNode | null;
  /** Whether the tip's last line is unfinished. */
  readonly partial: boolean;
  /** The key of the next node. */
  readonly nextKey: number;
  /** Finds a definition for a node's text. A guess is reverted at the end of the answer. */
  find(node: BlockNode, label: string, guess: boolean): Target | "later" | null;
}

function inlinesOf(builder: TreeBuilder, node: BlockNode, text: string, streaming: boolean): Inline[] {
  return parseInlines(text, {
    streaming,
    base: builder.base,
    find: (label, guess) => builder.find(node, label, guess),
  }).inlines;
}

function runOf(builder: TreeBuilder, node: BlockNode): Inline {
  node.made ??= { run: { kind: "run", inlines: inlinesOf(builder, node, node.text, false) } };
  return node.made.run ?? { kind: "break" };
}

function textOf(builder: TreeBuilder, node: BlockNode, text: string, streaming: boolean): Inline[] {
  const runs = node.children.map((run) => runOf(builder, run));
  return [...runs, ...inlinesOf(builder, node, text, streaming)];
}

function rowOf(builder: TreeBuilder, node: BlockNode, columns: number, key: number): Row {
  if (node.made?.row) return node.made.row;
  const written = splitRow(node.text).slice(0, columns);
  const streaming = node === builder.tip && builder.partial;
  const cells: (readonly Inline[])[] = written.map((cell, index) =>
    inlinesOf(builder, node, cell, streaming && index === written.length - 1),
  );
  while (cells.length < Math.min(columns, maxFilledCells)) cells.push(emptyCell);
  const row = { key, cells };
  node.made = { row };
  return row;
}

function itemOf(builder: TreeBuilder, node: BlockNode): ListItem {
  if (node.made?.item) return node.made.item;
  const item = { key: node.key, task: node.task, blocks: blocksIn(builder, node) };
  node.made = { item };
  return item;
}

/** Hides the part of a paragraph that may still become a definition or a table's head. */
function streamingParagraph(builder: TreeBuilder, node: BlockNode): readonly Block[] {
  const { key } = node;
  let { text } = node;
  while (text.startsWith("[") && !node.children.length) {
    if (isUnfinishedDefinition(text)) return [];
    const definition = readDefinition(text);
    if (!definition) break;
    text = text.slice(definition.end);
  }
  const at = text.lastIndexOf("\n") + 1;
  const line = text.slice(at);
  const paragraph = (shown: string): readonly Block[] => {
    const inlines = textOf(builder, node, shown, true);
    return inlines.length ? [{ key, kind: "paragraph", inlines }] : [];
  };
  const mayBeHead = (at || !node.children.length) && line.startsWith("|") && line.length <= maxRowLength;
  const cells = mayBeHead ? splitRow(line) : [];
  if (cells.length > 0 && cells.length <= maxColumns) {
    const head = cells.map((cell, index) =>
      inlinesOf(builder, node, cell, builder.partial && index === cells.length - 1),
    );
    const table: Block = {
      key: at ? builder.nextKey : key,
      kind: "table",
      align: cells.map(() => null),
      head,
      rows: [],
    };
    return at ? [...paragraph(text.slice(0, at)), table] : [table];
  }
  const bar = cells.length > maxColumns || line.length > maxRowLength ? -1 : barOf(line);
  if (bar >= 0) return paragraph(text.slice(0, at + bar));
  return paragraph(builder.partial ? text : `${text}\n`);
}

function make(builder: TreeBuilder, node: BlockNode): readonly Block[] {
  const { key, text } = node;
  const open = node === builder.tip;
  switch (node.kind) {
    case "paragraph":
      if (open) return streamingParagraph(builder, node);
      return [{ key, kind: "paragraph", inlines: textOf(builder, node, text, false) }];
    case "heading":
      return [
        {
          key,
          kind: "heading",
          level: node.number ?? 1,
          inlines: textOf(builder, node, text, open && builder.partial),
        },
      ];
    case "code":
      return [{ key, kind: "code", language: node.language, text, open }];
    case "quote":
      return [{ key, kind: "quote", blocks: blocksIn(builder, node) }];
    case "footnote":
      return [{ key, kind: "footnote", label: node.sign, blocks: blocksIn(builder, node) }];
    case "list": {
      const items = node.children.map((item) => itemOf(builder, item));
      return [{ key, kind: "list", start: node.number, loose: node.loose, items }];
    }
    case "table": {
      const columns = node.align.length;
      const rows = node.children.map((row, index) => rowOf(builder, row, columns, index));
      const head = rows.shift()?.cells ?? [];
      return [{ key, kind: "table", align: node.align, head, rows }];
    }
    case "rule":
      return [{ key, kind: "rule" }];
    default:
      return [];
  }
}

/** Returns the blocks in a node. Unchanged blocks are the same objects as before. */
export function blocksIn(builder: TreeBuilder, parent: BlockNode): readonly Block[] {
  const found: Block[] = [];
  for (const node of parent.children) {
    node.made ??= { blocks: make(builder, node) };
    for (const block of node.made.blocks ?? []) found.push(block);
  }
  return found;
}
