/** Loader of the passage code; without it, links open like other links of the page. */
import type * as Passages from "./passages.lazy.ts";

let passages: typeof Passages | null = null;

export async function loadPassages(): Promise<typeof Passages> {
  passages = await import("./passages.lazy.ts");
  return passages;
}

/** Null until loaded: a pressed link does not wait. */
export const passagesNow = (): typeof Passages | null => passages;
