/** Offers the starters that the owner chose for the page, wherever the visitor goes. */
import { isOneList, listFor, lists } from "../../options/by-page.ts";
import type { Option } from "../../options/parsers.ts";
import { followPage } from "../../page/current-page.ts";

/** `read` reads the owner's option; `chosen` is told of the list, or that the agent's own is to be offered. */
export function followStarters(
  view: Window,
  read: <Value>(name: string, option: Option<Value>) => Value,
  chosen: { value: readonly string[] | null },
): () => void {
  const said = read("starters", lists());
  if (said && !isOneList(said)) return followPage(view, ({ url }) => (chosen.value = listFor(said, url)));
  chosen.value = said;
  return () => {};
}
