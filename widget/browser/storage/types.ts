/** Types of stored data. */
import type { ConversationStore } from "../../conversation/environment.ts";
import type { JsonObject } from "../api/json-object.ts";

export type HistoryStore = ConversationStore & {
  /** The stored object as it was found, or null. Given a value: that one, if it may be used. */
  read(value?: unknown): JsonObject | null;
  /** Replaces the stored object. */
  write(all: JsonObject, at?: unknown): void;
  /** Deletes the stored object, and what this tab has stored. */
  clear(): void;
  readonly key: string;
  /** Storages that hold something though the owner has chosen another one. */
  elsewhere(): readonly (() => Storage)[];
};
