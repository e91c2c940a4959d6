/** Types of what is kept in the browser. */
import type { ConversationStore } from "../../conversation/environment.ts";
import type { JsonObject } from "../api/json-object.ts";

export type HistoryStore = ConversationStore & {
  /** All that is kept, as it was found; null when nothing is. Given a value: that one, if it may be used. */
  read(value?: unknown): JsonObject | null;
  /** Keeps this in place of it. */
  write(all: JsonObject, at?: unknown): void;
  /** Throws away all of it, and this tab's notes. */
  clear(): void;
  readonly key: string;
  /** The storages that hold something though the owner wants it elsewhere. */
  elsewhere(): readonly (() => Storage)[];
};
