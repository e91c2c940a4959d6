/** Upstream of the routes: the client with the settings' timeouts, behind queue, pauses and circuit breaker. */
import { setTimeout as sleep } from "node:timers/promises";
import type { CallBudget } from "../limits/call-budget.ts";
import type { Log } from "../http/log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Settings } from "../settings/table.ts";
import { createUpstream } from "../upstream/create-upstream.ts";
import { withMetrics } from "../upstream/transport/with-metrics.ts";
import type { Schedule } from "../schedule.ts";
import { withResilience, type ResilientUpstream } from "../upstream/resilience/with-resilience.ts";
import type { Transport } from "../upstream/transport/types.ts";
import { ownersMistake } from "./check-agents.ts";

type UpstreamStart = {
  settings: Settings;
  base: URL;
  key: string;
  /** Whether the stand-in answers: then a failure cannot come from the account's settings. */
  isStandin: boolean;
  transport: Transport;
  pictureTransport: Transport;
  schedule: Schedule;
  metrics: Metrics;
  /** The account's calls a minute. */
  budget: CallBudget;
  log: Pick<Log, "info" | "warn">;
};

export function openUpstream(start: UpstreamStart): ResilientUpstream {
  const { settings, isStandin, schedule, metrics, log } = start;
  const client = createUpstream({
    base: start.base,
    key: start.key,
    timeouts: {
      connectMs: settings.upstreamConnectSeconds * 1000,
      firstByteMs: settings.upstreamFirstByteSeconds * 1000,
      idleMs: settings.upstreamIdleSeconds * 1000,
      totalMs: settings.upstreamTotalSeconds * 1000,
    },
    sleep: (milliseconds, signal) => sleep(milliseconds, undefined, signal ? { signal } : {}),
    clock: Date.now,
    log({ request, ...fields }) {
      const event = request === undefined ? fields : { id: request, ...fields };
      if (event.problem === null) return log.info(event, "upstream");
      // A rejected question may be at fault itself; a call of the proxy's own that fails too names the cause.
      const mend =
        isStandin || event.call === "ask"
          ? null
          : ownersMistake(event.problem, event.detail, event.project, settings);
      return log.warn(mend === null ? event : { ...event, mend }, "upstream");
    },
    allowPrivatePictures: isStandin,
    take: (use) => start.budget.take(use),
    transport: withMetrics(start.transport, metrics),
    pictureTransport: withMetrics(start.pictureTransport, metrics, true),
  });
  const upstream = withResilience(client, {
    concurrency: settings.upstreamConcurrency,
    queueLength: settings.upstreamQueue,
    queueMs: settings.upstreamQueueSeconds * 1000,
    clock: Date.now,
    schedule,
    metrics,
    log(entry) {
      metrics.circuit(entry.circuit);
      log.warn(entry, "upstream");
    },
  });
  metrics.waiting(() => upstream.state().waiting);
  return upstream;
}
