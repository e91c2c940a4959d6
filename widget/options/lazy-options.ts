/** Option table of a conversation: options that the panel itself does not need. */
import { choice } from "./parsers.ts";
import { list } from "./list-parser.ts";

// The sentence above each option is its documentation, as in table.ts.

export const lazyOptions = {
  /** Hosts whose pictures are shown in answers, such as `cdn.example.com`. Other pictures are links. */
  images: list(),
  /** Questions about the page: the visitor can ask them (`ask`), asks them unless they decline (`on`), or cannot (`off`). The chat always shows it. */
  page: choice("ask", "on", "off"),
};
