/** Offers the starters that the owner chose for the page, wherever the visitor goes. */
import { listFor, listsByPage } from "../options/by-page.ts";
import type { Option } from "../options/kinds.ts";
import { followPage } from "./followed-page.ts";

/** `read` reads the owner's option; `chosen` is told of the page's list, or that there is none. */
export function followStarters(
  view: Window,
  read: <Value>(name: string, option: Option<Value>) => Value,
  chosen: { value: readonly string[] | null },
): () => void {
  const lists = read("starters", listsByPage);
  if (!lists) return () => {};
  return followPage(view, ({ url }) => (chosen.value = listFor(lists, url)));
}
