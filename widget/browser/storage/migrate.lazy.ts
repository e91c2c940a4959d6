/** Migration of stored data to the storage that the owner now chooses; fetched only when there are any. */
import { parseJson } from "../api/json-object.ts";
import type { JsonObject } from "../api/json-object.ts";
import type { HistoryStore } from "./types.ts";

/** If the chosen storage has a conversation, one found in another storage becomes an earlier one. */
export function migrateStored(store: HistoryStore): void {
  for (const storage of store.elsewhere()) {
    const found = store.read(parseJson(take(storage(), store.key) ?? ""));
    if (!found) continue;
    const mine = store.read();
    store.write(mine ? { ...mine, earlier: { ...earlierWith(found), ...Object(mine["earlier"]) } } : found);
  }
}

function take(storage: Storage, key: string): string | null {
  const text = storage.getItem(key);
  storage.removeItem(key);
  return text;
}

function earlierWith({ earlier, at = 0, ref, pending, name }: JsonObject): object {
  const known: object = Object(earlier);
  return { ...known, [`${Number(at)}`]: { at, ref, pending, name } };
}
