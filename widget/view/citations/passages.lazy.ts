/** The way from a source to its passage, fetched once a source of this site is shown or was followed to this page. */
export { arrive, endPassage, goToPage, seekHere } from "../../page/jump-to-passage.ts";
export { withFragment } from "../../page/text-fragment.ts";
export { quotesFor } from "../answer/citation-quotes.ts";
