/** Outbox of messages to Redis: each is tried at once, and again when Redis may be back. */
import type { Redis } from "../../redis/redis.ts";
import type { ScriptCall } from "./script-calls.ts";

export type Outbox = {
  /** Sends it now, or keeps it for later. The script must be safe to run twice. */
  send(call: ScriptCall): void;
  /** Keeps it for later: whether the call that it reverts has run is not known yet. */
  keep(call: ScriptCall): void;
  /** Sends stored calls until Redis does not answer. */
  flush(): void;
  readonly size: number;
};

/** At most `capacity` calls are stored; the oldest are dropped first, as leases expire by themselves. */
export function createOutbox(redis: Redis, capacity = 5000): Outbox {
  const waiting = new Set<ScriptCall>();
  let isFlushing = false;

  function keep(call: ScriptCall): void {
    waiting.add(call);
    for (const oldest of waiting) {
      if (waiting.size <= capacity) return;
      waiting.delete(oldest);
    }
  }

  async function flush(): Promise<void> {
    if (isFlushing) return;
    isFlushing = true;
    try {
      for (const call of waiting) {
        await redis.run(call.script, call.keys, call.values);
        waiting.delete(call);
      }
    } catch {
      // Redis is away again or refuses: the rest waits for the next flush.
    } finally {
      isFlushing = false;
    }
  }

  return {
    send: (call) => void redis.run(call.script, call.keys, call.values).catch(() => keep(call)),
    keep,
    flush: () => void flush(),
    get size() {
      return waiting.size;
    },
  };
}
