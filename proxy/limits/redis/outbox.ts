/** Outbox of messages to Redis: each is tried at once, and again when Redis may be back. */
import type { Redis } from "../../redis/redis.ts";
import type { ScriptCall } from "./script-calls.ts";

export type Outbox = {
  /** Sends it now, or keeps it for later. Its script must do no harm when it runs twice. */
  send(call: ScriptCall): void;
  /** Keeps it for later: it is not yet known whether something it undoes has happened. */
  keep(call: ScriptCall): void;
  /** Sends what was kept, until Redis does not answer. */
  flush(): void;
  readonly kept: number;
};

/** At most `capacity` are kept; the oldest give way, since leases run out by themselves. */
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
      // Away again, or unwilling: what is left waits for the next time.
    } finally {
      isFlushing = false;
    }
  }

  return {
    send: (call) => void redis.run(call.script, call.keys, call.values).catch(() => keep(call)),
    keep,
    flush: () => void flush(),
    get kept() {
      return waiting.size;
    },
  };
}
