/** Starters by page: offers those that the owner chose for the page that the visitor is on. */
import { isOneList, listFor } from "../../options/by-page.ts";
import type { ReadOption } from "../../options/read-option.ts";
import { starterOptions } from "../../options/starter-options.ts";
import { followPage } from "../../page/current-page.ts";

/** `read` reads the owner's option; `chosen` is told of the list, or that the agent's own is to be offered. */
export function followStarters(
  view: Window,
  read: ReadOption,
  chosen: { value: readonly string[] | null },
): () => void {
  const said = read(starterOptions, "starters");
  if (said && !isOneList(said)) return followPage(view, ({ url }) => (chosen.value = listFor(said, url)));
  chosen.value = said;
  return () => {};
}
