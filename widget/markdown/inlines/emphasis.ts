/** Emphasis, strong emphasis and strikethrough from runs of `*`, `_` and `~`. */
import { lastIn } from "../../builtins/last.ts";
import type { Inline } from "../types.ts";

/** A delimiter run that may open or close emphasis; its unused rest is text. */
export type Delimiter = {
  readonly kind: "delimiter";
  readonly sign: string;
  count: number;
  readonly opens: boolean;
  readonly closes: boolean;
  /** Whether a letter follows. `~5` means "about"; it is not struck out before its end has come. */
  readonly beforeLetter: boolean;
};

export type Piece = Inline | Delimiter;

/** Maximum of open delimiters; further ones are text. This also bounds the depth of the tree. */
const maxOpen = 64;

type Opener = { readonly at: number; readonly delimiter: Delimiter; readonly length: number };

/** Joins adjacent texts, so that the tree does not depend on the pieces. */
function joinTexts(pieces: readonly Piece[]): Inline[] {
  const inlines: Inline[] = [];
  let text = "";
  for (const piece of pieces) {
    if (piece.kind === "delimiter") text += piece.sign.repeat(piece.count);
    else if (piece.kind === "text") text += piece.text;
    else {
      if (text) inlines.push({ kind: "text", text });
      text = "";
      inlines.push(piece);
    }
  }
  if (text) inlines.push({ kind: "text", text });
  return inlines;
}

function fits(opener: Opener, closer: Delimiter, length: number): boolean {
  const { delimiter } = opener;
  if (delimiter.sign !== closer.sign) return false;
  if (closer.sign === "~") return opener.length === length;
  // CommonMark's rule of three: `*a**b*` must not be split in the middle.
  const both = delimiter.closes || closer.opens;
  return !both || (opener.length + length) % 3 !== 0 || (opener.length % 3 === 0 && length % 3 === 0);
}

/**
 * Returns the pieces with their emphasis resolved. When `streaming`, emphasis that is open at the end is closed there;
 * `onUnclosed` is called when there is any.
 */
export function emphasise(pieces: readonly Piece[], streaming: boolean, onUnclosed: () => void): Inline[] {
  const out: Piece[] = [];
  const openers: Opener[] = [];
  let open = 0;

  /** Wraps everything after the last opener, and uses up some of its delimiters. */
  const wrap = ({ delimiter, at }: Opener, signs: number) => {
    const used = delimiter.sign === "~" ? delimiter.count : Math.min(delimiter.count, signs, 2);
    const inlines = joinTexts(out.splice(at + 1));
    open -= used;
    delimiter.count -= used;
    if (!delimiter.count) {
      out.pop();
      openers.pop();
    }
    const kind = delimiter.sign === "~" ? "strike" : used === 2 ? "strong" : "emphasis";
    if (inlines.length) out.push({ kind, inlines });
    return used;
  };

  const close = (closer: Delimiter) => {
    const length = closer.count;
    while (closer.count) {
      let at = openers.length;
      let opener;
      do opener = openers[--at];
      while (opener && !fits(opener, closer, length));
      if (!opener) break;
      for (const skipped of openers.splice(at + 1)) open -= skipped.delimiter.count;
      closer.count -= wrap(opener, closer.count);
    }
  };

  for (const piece of pieces) {
    if (piece.kind !== "delimiter") out.push(piece);
    else {
      const length = piece.count;
      if (piece.closes) close(piece);
      if (!piece.count) continue;
      if (piece.opens && open + piece.count <= maxOpen) {
        openers.push({ at: out.length, delimiter: piece, length });
        open += piece.count;
      }
      out.push(piece);
    }
  }

  if (openers.length) onUnclosed();
  if (streaming) {
    for (let opener = lastIn(openers); opener; opener = lastIn(openers)) {
      const certain = opener.delimiter.sign !== "~" || opener.length === 2 || opener.delimiter.beforeLetter;
      if (certain) wrap(opener, opener.delimiter.count);
      else openers.pop();
    }
  }
  return joinTexts(out);
}
