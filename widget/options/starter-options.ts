/** Option table of the starters, apart from the other lazy options, since an answer needs none of them. */
import { lists } from "./by-page.ts";

// The sentence above each option is its documentation, as in table.ts.

export const starterOptions = {
  /** Suggested questions, separated by `|` or as a JSON array; or by page, as a JSON object of path patterns and lists. */
  starters: lists(),
};
