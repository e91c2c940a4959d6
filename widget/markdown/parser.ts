/** Reads an answer's markdown while it streams: whole lines once, the unfinished line provisionally. */
import { applyLine } from "./blocks/parse-line.ts";
import { type BlockNode, forget, remember } from "./blocks/node.ts";
import { blocksIn } from "./blocks/build-tree.ts";
import { createLineReader } from "./blocks/line-splitter.ts";
import type { Target } from "./inlines/links.ts";
import { growParagraph } from "./blocks/paragraphs.ts";
import { closeTo, createOpenBlocks, tipOf } from "./blocks/open-blocks.ts";
import type { Block, MarkdownParser } from "./types.ts";

export type MarkdownOptions = {
  /** The address that relative links are relative to. Default: none, and relative links stay text. */
  readonly base?: string;
};

/** From this length on, an unfinished line is not read anew at every piece. */
const longLine = 1024;

export function createMarkdownParser({ base }: MarkdownOptions = {}): MarkdownParser {
  const definitions = new Map<string, Target>();
  /** Finished drafts that a later definition would change, by its label. */
  const waiting = new Map<string, Set<BlockNode>>();
  /** Finished drafts that show a link only in the hope of a definition. */
  const guesses = new Set<BlockNode>();
  let trying = false;
  let ended = false;
  let blocks: readonly Block[] | null = null;

  const openBlocks = createOpenBlocks(({ label, target }) => {
    if (trying || definitions.has(label)) return;
    definitions.set(label, target);
    waiting.get(label)?.forEach(forget);
    waiting.delete(label);
  });
  const root = tipOf(openBlocks);

  /** The unfinished line, except what of it is applied already. */
  let line = "";
  /** Whether the innermost paragraph takes the rest of the line as it comes. */
  let appending = false;
  /** How long the unfinished line was when it was last read. */
  let read = 0;

  const touch = () => {
    blocks = null;
    for (const draft of openBlocks.nodes) draft.made = null;
  };
  const apply = (growing: boolean) => {
    touch();
    const applied = applyLine(openBlocks, line, growing);
    touch();
    return applied;
  };

  /** Applies the unfinished line, looks at what came of it, and takes it back. */
  const attempt = <Result>(look: (applied: boolean) => Result): Result => {
    const { nodes, nextKey, quotes, blankInQuotes } = openBlocks;
    const kept = [...nodes];
    const restore = remember(kept);
    trying = true;
    const result = look(Boolean(line) && applyTrial());
    trying = false;
    nodes.splice(0, nodes.length, ...kept);
    Object.assign(openBlocks, { nextKey, quotes, blankInQuotes });
    restore();
    return result;
  };
  const applyTrial = () => {
    const before = [...openBlocks.nodes];
    const applied = applyLine(openBlocks, line, true);
    if (applied) for (const draft of before) draft.made = null;
    return applied;
  };

  const find = (draft: BlockNode, label: string, guess: boolean) => {
    const target = definitions.get(label);
    if (target || ended) return target ?? null;
    if (!openBlocks.nodes.includes(draft)) {
      const drafts = waiting.get(label) ?? new Set();
      waiting.set(label, drafts.add(draft));
      if (guess) guesses.add(draft);
    }
    return guess ? ("later" as const) : null;
  };
  const builder = (partial: boolean) =>
    blocksIn(
      { base, tip: ended ? null : tipOf(openBlocks), partial, nextKey: openBlocks.nextKey, find },
      root,
    );

  const feed = createLineReader({
    grow(text) {
      if (appending) {
        touch();
        growParagraph(tipOf(openBlocks), text, openBlocks.define, true);
        return;
      }
      line += text;
      if (line.length > longLine) {
        // What was shown stays until the line has grown by a sixteenth: that keeps the cost of all readings linear.
        if (line.length * 16 < read * 17) return;
        read = line.length;
        appending = attempt((applied) => applied && tipOf(openBlocks).kind === "paragraph");
        if (appending) {
          apply(false);
          line = "";
        }
      }
      blocks = null;
    },
    finish() {
      if (!appending) apply(false);
      touch();
      line = "";
      read = 0;
      appending = false;
    },
  });

  return {
    push: (piece) => {
      if (!ended) feed(piece);
    },
    end() {
      if (ended) return;
      feed();
      if (line) apply(false);
      touch();
      closeTo(openBlocks, 1);
      ended = true;
      guesses.forEach(forget);
      blocks = null;
    },
    get blocks() {
      return (blocks ??= ended ? builder(false) : attempt((applied) => builder(applied || appending)));
    },
  };
}

/** Reads a whole answer. */
export function parseMarkdown(text: string, options?: MarkdownOptions): readonly Block[] {
  const parser = createMarkdownParser(options);
  parser.push(text);
  parser.end();
  return parser.blocks;
}
