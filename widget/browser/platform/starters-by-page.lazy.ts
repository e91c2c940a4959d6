/** Starters by page: offers those that the owner chose for the current page. */
import { isOneList, listFor } from "../../options/by-page.ts";
import type { ReadOption } from "../../options/read-option.ts";
import { starterOptions } from "../../options/starter-options.ts";
import { followPage } from "../../page/current-page.ts";

/** `read` reads the owner's option; `chosen` is set to the list, or to null for the agent's own. */
export function followStarters(
  view: Window,
  read: ReadOption,
  chosen: { value: readonly string[] | null },
): () => void {
  const given = read(starterOptions, "starters");
  if (given && !isOneList(given)) return followPage(view, ({ url }) => (chosen.value = listFor(given, url)));
  chosen.value = given;
  return () => {};
}
