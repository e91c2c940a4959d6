/** Bulkheads: each group of calls has its own slots and fair queue, so that none takes those of another. */
import type { Metrics } from "../../metrics/metrics.ts";
import type { Schedule } from "../../schedule.ts";
import { UpstreamFailure } from "../errors.ts";
import type { CallKind } from "../types.ts";
import { createFairQueue } from "./fair-queue.ts";
import type { Lane } from "./lanes.ts";

type Options = {
  concurrency: number;
  queueLength: number;
  queueMs: number;
  schedule: Schedule;
  metrics: Pick<Metrics, "upstream">;
};

export type Bulkheads = ReturnType<typeof createBulkheads>;

export function createBulkheads({ concurrency, queueLength, queueMs, schedule, metrics }: Options) {
  function bulkhead(concurrency: number, length = queueLength, maxWaitMs = queueMs) {
    const queue = createFairQueue({ concurrency, length, maxWaitMs, schedule });
    return {
      count: () => queue.count(),
      /** Resolves with what frees the slot; rejects as the queue does. */
      enter: (kind: CallKind, lane: Lane, signal: AbortSignal): Promise<() => void> =>
        queue.enter(lane, signal).catch((error: unknown) => {
          if (error instanceof UpstreamFailure) metrics.upstream(kind, "refused by us");
          throw error;
        }),
    };
  }

  return {
    questions: bulkhead(concurrency),
    others: bulkhead(Math.ceil(concurrency / 4)),
    pictures: bulkhead(Math.ceil(concurrency / 4)),
    // After the crash of an instance all its answers are looked for at once, for a minute each; none may be lost for want of a slot.
    recoveries: bulkhead(concurrency, 10_000, 600_000),
  };
}
