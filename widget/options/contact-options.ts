/** Option table of the ways to reach the owner, which come with the actions on a conversation. */
import { contact } from "./contact-parser.ts";

// The sentence above each option is its documentation, as in table.ts.

export const contactOptions = {
  /** Contact that visitors are offered. Without it, and with a `CONTACT_WEBHOOK` in the proxy, they get a form. */
  contact: contact(),
};
