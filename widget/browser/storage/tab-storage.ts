/** Storage of one chat in one tab, such as an unsent question; it survives a reload. */
import { asJson } from "../../builtins/as-json.ts";
import { isJsonObject, parseJson } from "../api/json-object.ts";
import type { JsonObject } from "../api/json-object.ts";
import { notesKey } from "./keys.ts";

/** Reads a note, or writes it; an empty one is removed. */
export type TabStorage = (name: string, text?: string) => string;

/**
 * `owner` returns the visitor whose notes they are, hidden from others; null where none may be stored, and then none are
 * found. Storage that is blocked or full has no notes.
 */
export function createTabStorage(
  storage: () => Storage,
  key: string,
  owner: () => string | null,
): TabStorage {
  const storageKey = notesKey(key);

  return (name, text) => {
    try {
      const who = owner();
      const found = parseJson(storage().getItem(storageKey) ?? "");
      const notes: JsonObject = isJsonObject(found) && found["who"] === who ? found : {};
      if (text === undefined) {
        const note = notes[name];
        return typeof note === "string" ? note : "";
      }
      const left = Object.entries({ ...notes, [name]: text }).filter(
        ([each, note]) => note && each !== "who",
      );
      if (who === null || left.length === 0) storage().removeItem(storageKey);
      else storage().setItem(storageKey, asJson({ ...Object.fromEntries(left), who }));
    } catch {
      // Without storage it lasts as long as the page.
    }
    return text ?? "";
  };
}
