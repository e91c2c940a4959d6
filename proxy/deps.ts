/** Dependencies of the routes, created once by create-deps.ts. */
import type { Context } from "hono";
import type { Admission } from "./limits/admission.ts";
import type { Identities } from "./auth/identity-jwt.ts";
import type { IdentityMemory } from "./auth/latest-conversations.ts";
import type { OriginRules } from "./middleware/cors.ts";
import type { Pause } from "./middleware/kill-switch.ts";
import type { VisitorLimit } from "./limits/visitor-limit.ts";
import type { Busy } from "./auth/proof-of-work/load.ts";
import type { Proofs } from "./auth/proof-of-work/require-proof.ts";
import type { Log } from "./http/log.ts";
import type { Sealer } from "./crypto/seal.ts";
import type { RequestContext } from "./http/context.ts";
import type { TurnSecrets } from "./auth/turn-secret.ts";
import type { Visitors } from "./auth/visitor-token.ts";
import type { Metrics } from "./metrics/metrics.ts";
import type { Schedule } from "./schedule.ts";
import type { Conversations, Turns } from "./turns/types.ts";
import type { Upstream, UpstreamQuestion } from "./upstream/types.ts";
import type { Webhook } from "./contact/webhook.ts";
import type { Redis } from "./redis/redis.ts";
import type { Settings } from "./settings/table.ts";

type Limits = {
  /** Bytes. */
  largestBody: number;
  /** Characters. */
  longestPrompt: number;
  /** Milliseconds between a silent stream's comment lines. */
  heartbeat: number;
  /** Connections that may read one turn at once. */
  readers: number;
};

/** The way to the owner: their webhook, and how often it may be used. */
export type Owner = { webhook: Webhook; limit: VisitorLimit };

export type ProxyDeps = {
  /** Public alias to upstream project. */
  agents: ReadonlyMap<string, number>;
  /** What the owner has set for the answers of an agent, by its alias. */
  answersOf: (alias: string) => Pick<UpstreamQuestion, "responseSource" | "capability">;
  /** Which sites may use which agent. */
  origins: OriginRules;
  /** What the owner has switched off for now. */
  pause: Pause;
  upstream: Upstream;
  turns: Turns;
  conversations: Conversations;
  sealer: Sealer;
  visitors: Visitors;
  identities: Identities;
  turnSecrets: TurnSecrets;
  /** Each person's latest conversation. */
  latest: IdentityMemory;
  proofs: Proofs;
  /** Notified of each new visitor; under load, new visitors have to solve a challenge. */
  busy: Busy;
  /** All limits; called once for each question to upstream. */
  admission: Admission;
  /** How often a turn may be joined or resumed. */
  following: VisitorLimit;
  /** How often conversations may be read, rated and deleted. */
  reading: VisitorLimit;
  /** The way to the owner; null where they take no messages. */
  owner: Owner | null;
  metrics: Metrics;
  limits: Limits;
  schedule: Schedule;
  /** Milliseconds since 1970. */
  clock: () => number;
  log: Log;
};

export type Handler = (c: Context<RequestContext>) => Response | Promise<Response>;

export type DepsOptions = {
  /** `project` and `proxySecret` must be there by now. */
  settings: Settings & { project: number; proxySecret: string };
  upstream: Upstream;
  /** Milliseconds since 1970. */
  clock: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** For the owner's webhook. */
  fetch: (address: string, init: RequestInit) => Promise<Response>;
  schedule: Schedule;
  log: Log;
  admission: Admission;
  /** What the owner has switched off for now; default nothing. */
  pause?: Pause;
  /** Default: nothing is measured. */
  metrics?: Metrics;
  /** Shared by all instances; default none. */
  redis?: Redis | null;
  /** Used part of the capacity for answers, 0 to 1; default 0. */
  load?: () => number;
};
