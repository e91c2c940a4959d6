/** Incremental parser of markdown: whole lines once, the unfinished line provisionally. */
import { applyLine } from "./blocks/parse-line.ts";
import { type BlockNode, forget, saveNodes } from "./blocks/node.ts";
import { blocksIn } from "./blocks/build-tree.ts";
import { createLineReader } from "./blocks/line-splitter.ts";
import type { Target } from "./inlines/links.ts";
import { growParagraph } from "./blocks/paragraphs.ts";
import { closeTo, createOpenBlocks, type OpenBlocks, tipOf } from "./blocks/open-blocks.ts";
import type { Block, MarkdownParser } from "./types.ts";

export type MarkdownOptions = {
  /** The address that relative links are relative to. Default: none, and relative links stay text. */
  readonly base?: string;
};

/** From this length on, an unfinished line is not parsed again at every piece. */
const longLine = 1024;

/** Applies an unfinished line, returns the result of `read`, and reverts the line. */
function tryLine<Result>(openBlocks: OpenBlocks, line: string, read: (applied: boolean) => Result): Result {
  const { nodes } = openBlocks;
  const before = [...nodes];
  const saved = { ...openBlocks };
  const restore = saveNodes(before);
  // Definitions in the unfinished line do not count yet.
  openBlocks.define = () => {};
  const applied = Boolean(line) && applyLine(openBlocks, line, true);
  if (applied) for (const node of before) node.made = null;
  const result = read(applied);
  nodes.splice(0, nodes.length, ...before);
  Object.assign(openBlocks, saved);
  restore();
  return result;
}

/** The unfinished line, as far as it is not applied yet. `onChange` is called whenever the blocks may have changed. */
function createUnfinishedLine(openBlocks: OpenBlocks, onChange: () => void) {
  let line = "";
  /** Whether the rest of the line certainly belongs to the innermost paragraph. */
  let appending = false;
  /** Length of the line when it was last parsed. */
  let read = 0;

  const touch = () => {
    onChange();
    for (const node of openBlocks.nodes) node.made = null;
  };
  const apply = () => {
    touch();
    if (!appending) applyLine(openBlocks, line, false);
    touch();
    line = "";
  };

  return {
    grow(text: string) {
      if (appending) {
        touch();
        growParagraph(tipOf(openBlocks), text, openBlocks.define, true);
        return;
      }
      line += text;
      if (line.length > longLine) {
        // The blocks stay until the line has grown by a sixteenth, which keeps the total cost linear.
        if (line.length * 16 < read * 17) return;
        read = line.length;
        const isParagraph = tryLine(
          openBlocks,
          line,
          (applied) => applied && tipOf(openBlocks).kind === "paragraph",
        );
        if (isParagraph) apply();
        appending = isParagraph;
      }
      onChange();
    },
    finish() {
      apply();
      read = 0;
      appending = false;
    },
    end() {
      if (line) apply();
      touch();
    },
    /** Returns the result of `build` for the blocks with the line, with `partial` if the line is among them. */
    read: <Result>(build: (partial: boolean) => Result) =>
      tryLine(openBlocks, line, (applied) => build(applied || appending)),
  };
}

export function createMarkdownParser({ base }: MarkdownOptions = {}): MarkdownParser {
  const definitions = new Map<string, Target>();
  /** Finished nodes that a later definition would change, by label. */
  const waiting = new Map<string, Set<BlockNode>>();
  /** Finished nodes that show a link whose definition may follow. */
  const guesses = new Set<BlockNode>();
  let ended = false;
  let blocks: readonly Block[] | null = null;

  const openBlocks = createOpenBlocks(({ label, target }) => {
    if (definitions.has(label)) return;
    definitions.set(label, target);
    waiting.get(label)?.forEach(forget);
    waiting.delete(label);
  });
  const root = tipOf(openBlocks);

  const find = (node: BlockNode, label: string, guess: boolean) => {
    const target = definitions.get(label);
    if (target || ended) return target ?? null;
    if (!openBlocks.nodes.includes(node)) {
      const nodes = waiting.get(label) ?? new Set();
      waiting.set(label, nodes.add(node));
      if (guess) guesses.add(node);
    }
    return guess ? ("later" as const) : null;
  };
  const line = createUnfinishedLine(openBlocks, () => (blocks = null));
  const feed = createLineReader(line);

  return {
    push: (piece) => {
      if (!ended) feed(piece);
    },
    end() {
      if (ended) return;
      feed();
      line.end();
      closeTo(openBlocks, 1);
      ended = true;
      guesses.forEach(forget);
      blocks = null;
    },
    get blocks() {
      return (blocks ??= line.read((partial) =>
        blocksIn(
          { base, tip: ended ? null : tipOf(openBlocks), partial, nextKey: openBlocks.nextKey, find },
          root,
        ),
      ));
    },
  };
}

/** Parses a complete answer. */
export function parseMarkdown(text: string, options?: MarkdownOptions): readonly Block[] {
  const parser = createMarkdownParser(options);
  parser.push(text);
  parser.end();
  return parser.blocks;
}
