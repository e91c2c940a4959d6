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
  /** `[^1]: text`. It may only name a source; the view decides. */
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
  /** Whether the checkbox is ticked; null when the item is not a task. */
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
  /** The view decides whether an image may be loaded; otherwise it is a link with its alternative text. */
  | { readonly kind: "image"; readonly href: string | null; readonly title: string; readonly text: string }
  /** A finished part of a very long paragraph; it keeps its object identity while the rest grows. */
  | { readonly kind: "run"; readonly inlines: readonly Inline[] }
  /** `[1]`: may refer to a source; the view decides, because only it knows the sources. */
  | { readonly kind: "marker"; readonly number: string }
  /** `[^1]` or `[^name]`: refers to a footnote or a source. */
  | { readonly kind: "note"; readonly label: string }
  | { readonly kind: "break" };

export interface MarkdownParser {
  /** Parses the next piece of an answer, split anywhere, in time proportional to the piece. */
  push(piece: string): void;
  /** Ends the answer: ambiguous text that was withheld is decided. */
  end(): void;
  /** The tree so far. */
  readonly blocks: readonly Block[];
}
