/** Fetches what leads to passages; without it, links lead where any link of the page does. */
import type * as Passages from "./passages.lazy.ts";

let passages: typeof Passages | null = null;

export async function loadPassages(): Promise<typeof Passages> {
  passages = await import("./passages.lazy.ts");
  return passages;
}

/** Null until they are there: a link that is pressed waits for nothing. */
export const passagesNow = (): typeof Passages | null => passages;
