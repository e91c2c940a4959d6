/** Loader of the extras, shared by all chats on a page. */
import { signal } from "@preact/signals";
import type * as Extras from "./extras.lazy.ts";

/** Null until the file is loaded. */
export const extras = signal<typeof Extras | null>(null);

/** After a failure, the next call tries again. */
export async function loadExtras(): Promise<void> {
  extras.value = await import("./extras.lazy.ts");
}
