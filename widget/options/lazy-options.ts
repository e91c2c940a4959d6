/** The options that only parts need which are fetched for some; they come with those parts. */
import { lists } from "./by-page.ts";
import { contact } from "./contact-parser.ts";
import { choice, type Option } from "./parsers.ts";
import { list } from "./list-parser.ts";

// The sentence above each option is its documentation, as in table.ts.

export const rare = {
  /** Suggested questions, with `|` between them or as a JSON array; or by page, as a JSON object of patterns and lists. */
  starters: lists(),
  /** Hosts whose pictures in answers may be shown, such as `cdn.example.com`; other pictures are links. */
  images: list(),
  /** Where visitors can turn beyond the chat; else, where the proxy has a `CONTACT_WEBHOOK`, they get a form. */
  contact: contact(),
  /** Asking about the page: a visitor can (`ask`), does unless they say no (`on`), or cannot (`off`). A sign always tells. */
  page: choice("ask", "on", "off"),
};

export const rareTable: { readonly [Name in keyof typeof rare]: Option<(typeof rare)[Name]["usual"]> } = rare;
