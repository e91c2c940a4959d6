/** Usage not yet reported to Redis: queries that were admitted while it was away. */
import type { Redis } from "../../redis/redis.ts";
import { dayOf } from "../budget.ts";
import type { ScriptCall } from "./script-calls.ts";

export type UnreportedUsage = {
  /** One more (or, with -1, one less) at that time. */
  add(queries: 1 | -1, time: number): void;
  readonly any: boolean;
  /** Reports to Redis; rejects when it does not answer. Then nothing is lost, and nothing will be counted twice. */
  settle(): Promise<void>;
};

export function createUnreportedUsage(
  redis: Redis,
  book: (queries: number, time: number, batch: string) => ScriptCall,
  newId: () => string,
): UnreportedUsage {
  const days = new Map<string, { queries: number; time: number }>();
  /** Sent, but not answered yet: each carries the name under which Redis books it once only. */
  const batches = new Set<ScriptCall>();
  let settling: Promise<void> | null = null;

  async function settleAll(): Promise<void> {
    for (const { queries, time } of days.values())
      if (queries !== 0) batches.add(book(queries, time, newId()));
    days.clear();
    for (const batch of batches) {
      await redis.run(batch.script, batch.keys, batch.values);
      batches.delete(batch);
    }
  }

  return {
    add(queries, time) {
      const day = dayOf(time);
      days.set(day, { queries: (days.get(day)?.queries ?? 0) + queries, time });
    },
    get any() {
      return days.size > 0 || batches.size > 0;
    },
    settle() {
      settling ??= settleAll().finally(() => (settling = null));
      return settling;
    },
  };
}
