/** Types of what is kept in the browser. */
import type { Memory } from "../../conversation/environment.ts";
import type { Loose } from "../api/parse-responses.ts";

export type KeptMemory = Memory & {
  /** All that is kept, as it was found; null when nothing is. Given a value: that one, if it may be used. */
  read(value?: unknown): Loose | null;
  /** Keeps this in place of it. */
  write(all: Loose, at?: unknown): void;
  /** Throws away all of it, and this tab's notes. */
  clear(): void;
  readonly key: string;
  /** The storages that hold something though the owner wants it elsewhere. */
  elsewhere(): readonly (() => Storage)[];
};
