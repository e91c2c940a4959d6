/** Takes markup away where there may be none: all of it in a picture's name, links in links. */
import type { Piece } from "./emphasis.ts";
import type { Inline } from "./tree.ts";

/** Returns what can be read of inlines. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === "marker") return `[${inline.number}]`;
      if (inline.kind === "note") return `[^${inline.label}]`;
      if (inline.kind === "break") return "\n";
      return "inlines" in inline ? plainText(inline.inlines) : inline.text;
    })
    .join("");
}

/** Returns the pieces of a link's text, in which bare addresses and markers are text again. */
export function withoutLinks(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece): readonly Piece[] => {
    if (piece.kind === "link") return piece.inlines;
    return [
      piece.kind === "marker" || piece.kind === "note" ? { kind: "text", text: plainText([piece]) } : piece,
    ];
  });
}
