/** Syntax tree of an answer, from parser to view: plain data, never HTML. */

/**
 * A block keeps its object identity once it is finished, so a view can skip it, and its `key` from its first
 * character on, so a view can keep its DOM nodes while it grows.
 */
export type Block = { readonly key: number } & (
  | { readonly kind: "paragraph"; readonly inlines: readonly Inline[] }
  | { readonly kind: "heading"; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: "code"; readonly language: string | null; readonly text: string; readonly open: boolean }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  /** `[^1]: words`. Perhaps it only names a source; the view decides. */
  | { readonly kind: "footnote"; readonly label: string; readonly blocks: readonly Block[] }
  | {
      readonly kind: "list";
      /** The first number of an ordered list, or null for a bulleted one. */
      readonly start: number | null;
      readonly loose: boolean;
      readonly items: readonly ListItem[];
    }
  | {
      readonly kind: "table";
      readonly align: readonly ("left" | "center" | "right" | null)[];
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly { readonly key: number; readonly cells: readonly (readonly Inline[])[] }[];
    }
  | { readonly kind: "rule" }
);

export type ListItem = {
  readonly key: number;
  /** Whether the box is ticked, or null when the item is no task. */
  readonly task: boolean | null;
  readonly blocks: readonly Block[];
};

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong" | "emphasis" | "strike"; readonly inlines: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  /** `href` is parsed and of a safe scheme, or null while the link is still being written. */
  | {
      readonly kind: "link";
      readonly href: string | null;
      readonly title: string;
      readonly inlines: readonly Inline[];
    }
  /** Whether a picture may be loaded, the view decides; else it is a link with its alternative text. */
  | { readonly kind: "image"; readonly href: string | null; readonly title: string; readonly text: string }
  /** A finished stretch of a very long paragraph: it keeps its object identity while the rest grows. */
  | { readonly kind: "run"; readonly inlines: readonly Inline[] }
  /** `[1]`: perhaps a reference to a source; the view decides, since only it knows the sources. */
  | { readonly kind: "marker"; readonly number: string }
  /** `[^1]` or `[^name]`: a footnote's, or perhaps a source's. */
  | { readonly kind: "note"; readonly label: string }
  | { readonly kind: "break" };

export interface MarkdownParser {
  /** Takes the next piece of an answer, cut anywhere. Costs time in proportion to the piece, not to the answer. */
  push(piece: string): void;
  /** Says that nothing more will come: what was withheld as ambiguous is now decided. */
  end(): void;
  /** The tree so far. */
  readonly blocks: readonly Block[];
}
