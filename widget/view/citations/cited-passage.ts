/** Passage that a link to a source of this site leads to: what the answer says of the source, sought on its page. */
import type { Citation } from "../../../proxy/protocol/bodies.ts";
import { goToPage, seekHere } from "../../page/jump-to-passage.ts";
import { withFragment } from "../../page/text-fragment.ts";
import { quotesFor } from "../answer/citation-quotes.ts";

type CitedPassage = {
  /** Has the page that the link leads to seek it. */
  readonly goThere: () => void;
  /** Seeks it on this page; does `otherwise` where it is not found. */
  readonly seekHere: (otherwise: () => void) => void;
};

export function citedPassage(
  link: HTMLAnchorElement,
  view: Window & typeof globalThis,
  href: string,
  { id, description }: Citation,
): CitedPassage {
  const jump = { said: quotesFor(link, id), about: description };
  // Only now, so that what one sees when pointing at it is the plain address. Other browsers would take it for a hash.
  if ("fragmentDirective" in view.document) link.href = withFragment(href, jump);
  return {
    goThere: () => goToPage(view, href, jump),
    seekHere: (otherwise) => seekHere(view, jump, otherwise),
  };
}
