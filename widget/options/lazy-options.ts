/** Option table of the lazy files: options that the panel itself does not need. */
import { contact } from "./contact-parser.ts";
import { choice } from "./parsers.ts";
import { list } from "./list-parser.ts";

// The sentence above each option is its documentation, as in table.ts.

export const lazyOptions = {
  /** Hosts whose pictures are shown in answers, such as `cdn.example.com`. Other pictures are links. */
  images: list(),
  /** Contact that visitors are offered. Without it, and with a `CONTACT_WEBHOOK` in the proxy, they get a form. */
  contact: contact(),
  /** Questions about the page: the visitor can ask them (`ask`), asks them unless they decline (`on`), or cannot (`off`). The chat always shows it. */
  page: choice("ask", "on", "off"),
};
