/** Jumps to passages; fetched when a source of this site is shown, or a visitor arrives through one. */
export { arrive, endPassage, goToPage, seekHere } from "../../page/jump-to-passage.ts";
export { withFragment } from "../../page/text-fragment.ts";
export { quotesFor } from "../answer/citation-quotes.ts";
