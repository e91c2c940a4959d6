/** Reads inlines as bare text, for where nothing may be marked up. */
import type { Inline } from "./tree.ts";

export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === "marker") return `[${inline.number}]`;
      if (inline.kind === "break") return "\n";
      return "inlines" in inline ? plainText(inline.inlines) : inline.text;
    })
    .join("");
}
