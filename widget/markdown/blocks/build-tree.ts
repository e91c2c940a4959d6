/** Makes the finished tree from the drafts, and makes nothing twice. */
import type { BlockNode, Row } from "./node.ts";
import { parseInlines } from "../inlines/parse-inlines.ts";
import { isUnfinishedDefinition, readDefinition, type Target } from "../inlines/links.ts";
import { barOf, longestRow, mostColumns, splitRow } from "./tables.ts";
import type { Block, Inline, ListItem } from "../types.ts";

/** Short rows of a wider table are not filled up, or a hostile table would grow by the square. */
const mostFilledCells = 64;
const emptyCell: readonly Inline[] = [];

export interface TreeBuilder {
  readonly base: string | undefined;
  /** The innermost open draft, or null at the end of the answer: its text may still grow. */
  readonly tip: BlockNode | null;
  /** Whether the tip's last line is unfinished. */
  readonly partial: boolean;
  /** The key the next draft will get. */
  readonly nextKey: number;
  /** Finds a definition for a draft's text. A guess is taken back at the end of the answer. */
  find(draft: BlockNode, label: string, guess: boolean): Target | "later" | null;
}

function inlinesOf(harvest: TreeBuilder, draft: BlockNode, text: string, growing: boolean): Inline[] {
  return parseInlines(text, {
    growing,
    base: harvest.base,
    find: (label, guess) => harvest.find(draft, label, guess),
  }).inlines;
}

function runOf(harvest: TreeBuilder, draft: BlockNode): Inline {
  draft.made ??= { run: { kind: "run", inlines: inlinesOf(harvest, draft, draft.text, false) } };
  return draft.made.run ?? { kind: "break" };
}

function textOf(harvest: TreeBuilder, draft: BlockNode, text: string, growing: boolean): Inline[] {
  const runs = draft.children.map((run) => runOf(harvest, run));
  return [...runs, ...inlinesOf(harvest, draft, text, growing)];
}

function rowOf(harvest: TreeBuilder, draft: BlockNode, columns: number, key: number): Row {
  if (draft.made?.row) return draft.made.row;
  const written = splitRow(draft.text).slice(0, columns);
  const growing = draft === harvest.tip && harvest.partial;
  const cells: (readonly Inline[])[] = written.map((cell, index) =>
    inlinesOf(harvest, draft, cell, growing && index === written.length - 1),
  );
  while (cells.length < Math.min(columns, mostFilledCells)) cells.push(emptyCell);
  const row = { key, cells };
  draft.made = { row };
  return row;
}

function itemOf(harvest: TreeBuilder, draft: BlockNode): ListItem {
  if (draft.made?.item) return draft.made.item;
  const item = { key: draft.key, task: draft.task, blocks: blocksIn(harvest, draft) };
  draft.made = { item };
  return item;
}

/** A paragraph that may still become a definition, or a table's head, does not show what that would take away. */
function growingParagraph(harvest: TreeBuilder, draft: BlockNode): readonly Block[] {
  const { key } = draft;
  let { text } = draft;
  while (text.startsWith("[") && !draft.children.length) {
    if (isUnfinishedDefinition(text)) return [];
    const definition = readDefinition(text);
    if (!definition) break;
    text = text.slice(definition.end);
  }
  const at = text.lastIndexOf("\n") + 1;
  const line = text.slice(at);
  const paragraph = (shown: string): readonly Block[] => {
    const inlines = textOf(harvest, draft, shown, true);
    return inlines.length ? [{ key, kind: "paragraph", inlines }] : [];
  };
  const mayBeHead = (at || !draft.children.length) && line.startsWith("|") && line.length <= longestRow;
  const cells = mayBeHead ? splitRow(line) : [];
  if (cells.length > 0 && cells.length <= mostColumns) {
    const head = cells.map((cell, index) =>
      inlinesOf(harvest, draft, cell, harvest.partial && index === cells.length - 1),
    );
    const table: Block = {
      key: at ? harvest.nextKey : key,
      kind: "table",
      align: cells.map(() => null),
      head,
      rows: [],
    };
    return at ? [...paragraph(text.slice(0, at)), table] : [table];
  }
  const bar = cells.length > mostColumns || line.length > longestRow ? -1 : barOf(line);
  if (bar >= 0) return paragraph(text.slice(0, at + bar));
  return paragraph(harvest.partial ? text : `${text}\n`);
}

function make(harvest: TreeBuilder, draft: BlockNode): readonly Block[] {
  const { key, text } = draft;
  const open = draft === harvest.tip;
  switch (draft.kind) {
    case "paragraph":
      if (open) return growingParagraph(harvest, draft);
      return [{ key, kind: "paragraph", inlines: textOf(harvest, draft, text, false) }];
    case "heading": {
      const level = ([1, 2, 3, 4, 5, 6] as const)[draft.number - 1] ?? 6;
      return [
        { key, kind: "heading", level, inlines: textOf(harvest, draft, text, open && harvest.partial) },
      ];
    }
    case "code":
      return [{ key, kind: "code", language: draft.language, text, open }];
    case "quote":
      return [{ key, kind: "quote", blocks: blocksIn(harvest, draft) }];
    case "footnote":
      return [{ key, kind: "footnote", label: draft.sign, blocks: blocksIn(harvest, draft) }];
    case "list": {
      const items = draft.children.map((item) => itemOf(harvest, item));
      return [
        { key, kind: "list", start: draft.number < 0 ? null : draft.number, loose: draft.loose, items },
      ];
    }
    case "table": {
      const columns = draft.align.length;
      const rows = draft.children.map((row, index) => rowOf(harvest, row, columns, index));
      const head = rows.shift()?.cells ?? [];
      return [{ key, kind: "table", align: draft.align, head, rows }];
    }
    case "rule":
      return [{ key, kind: "rule" }];
    default:
      return [];
  }
}

/** Returns the blocks in a draft. Those made before and not changed since are the same objects again. */
export function blocksIn(harvest: TreeBuilder, parent: BlockNode): readonly Block[] {
  const found: Block[] = [];
  for (const draft of parent.children) {
    draft.made ??= { blocks: make(harvest, draft) };
    for (const block of draft.made.blocks ?? []) found.push(block);
  }
  return found;
}
