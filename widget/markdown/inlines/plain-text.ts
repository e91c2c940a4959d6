/** Plain text of inlines, for alternative texts and for links within links. */
import type { Piece } from "./emphasis.ts";
import type { Inline } from "../types.ts";

/** Returns the plain text of inlines. */
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

/**
 * Returns the pieces of a link's text, with autolinks and markers as text; markers only once it is certainly a link, or
 * their brackets would disappear otherwise.
 */
export function withoutLinks(pieces: readonly Piece[], certain: boolean): Piece[] {
  return pieces.flatMap((piece): readonly Piece[] => {
    if (piece.kind === "link") return piece.inlines;
    const isMarker = piece.kind === "marker" || piece.kind === "note";
    return [isMarker && certain ? { kind: "text", text: plainText([piece]) } : piece];
  });
}
