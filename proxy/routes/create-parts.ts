/** Puts together what the routes work with, from the settings and from what only a running process has. */
import type { Log } from "../guards/request-log.ts";
import { createSealer } from "../guards/sealed-id.ts";
import { createVisitors } from "../guards/visitor.ts";
import { defaultAgent } from "../protocol/paths.ts";
import type { Settings } from "../settings.ts";
import { Conversations } from "../turns/conversations.ts";
import type { Schedule } from "../turns/schedule.ts";
import { TurnStore } from "../turns/turn-store.ts";
import type { Upstream } from "../upstream/upstream.ts";
import type { Parts } from "./parts.ts";

export type PartsOptions = {
  /** `project` and `proxySecret` must be there by now. */
  settings: Settings & { project: number; proxySecret: string };
  upstream: Upstream;
  /** Milliseconds since 1970. */
  clock: () => number;
  randomBytes: (count: number) => Uint8Array;
  schedule: Schedule;
  log: Log;
};

export function createParts(options: PartsOptions): Parts {
  const { settings, upstream, clock, randomBytes, schedule, log } = options;
  return {
    agents: new Map([[defaultAgent, settings.project], ...settings.agents]),
    upstream,
    turns: new TurnStore({ most: settings.turnsKept, keep: settings.turnKeepSeconds * 1000, schedule }),
    conversations: new Conversations(),
    sealer: createSealer(settings.proxySecret),
    visitors: createVisitors({ secret: settings.proxySecret, clock, randomBytes }),
    limits: {
      largestBody: settings.largestBody,
      longestPrompt: settings.longestPrompt,
      heartbeat: settings.heartbeatSeconds * 1000,
    },
    schedule,
    clock,
    log,
  };
}
