/** Interface to Redis or Valkey: atomic scripts, and messages between instances. */

/** A Lua script. `name` appears in errors; the same script is always the same object. */
export type Script = { readonly name: string; readonly text: string };

export type Redis = {
  /**
   * Runs a script as one atomic step. In a cluster all keys carry one hash tag. Rejects with `RedisAway` when no answer
   * came in time; the script may have run all the same.
   */
  run(script: Script, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  /** Subscribes to a channel until the returned function is called. Survives reconnecting. */
  subscribe(channel: string, listener: (message: string) => void): () => void;
  /** Whether the last command was answered. */
  readonly isHere: boolean;
  /** Called whenever `isHere` changes, until the returned function is called. */
  watch(changed: () => void): () => void;
  close(): Promise<void>;
};

/** Redis did not answer in time, or cannot be reached. */
export class RedisAway extends Error {
  override readonly name = "RedisAway";
}
