/** Puts together what the routes work with, from the settings and from what only a running process has. */
import type { Admission } from "../guards/admission.ts";
import type { Log } from "../guards/request-log.ts";
import { createIdentities } from "../guards/identity.ts";
import { createIdentityMemory } from "../guards/identity-memory.ts";
import { createBusy } from "../guards/proof/busy.ts";
import { createProofs } from "../guards/proof/proofs.ts";
import { createSpent } from "../guards/proof/spent.ts";
import type { OriginRules } from "../guards/origin.ts";
import type { Pause } from "../guards/pause.ts";
import { createSealer } from "../guards/sealed-id.ts";
import { createTurnSecrets } from "../guards/turn-secret.ts";
import { createVisitors } from "../guards/visitor.ts";
import { noMeters, type Meters } from "../meters/meters.ts";
import { defaultAgent } from "../protocol/paths.ts";
import type { Redis } from "../redis/redis.ts";
import type { Settings } from "../settings.ts";
import type { Schedule } from "../turns/schedule.ts";
import type { Upstream } from "../upstream/upstream.ts";
import { createVisitorLimit } from "../guards/limits/visitor-limit.ts";
import { createWebhook } from "../contact/webhook.ts";
import { adoptTurn } from "./adopt-turn.ts";
import type { Owner } from "./owner.ts";
import type { Parts } from "./parts.ts";
import { turnParts } from "./turn-parts.ts";
import { unattended } from "./unattended.ts";

export type PartsOptions = {
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
  meters?: Meters;
  /** Shared by all instances; default none. */
  redis?: Redis | null;
  /** The part, 0 to 1, of what can be answered at once that is being answered; default 0. */
  load?: () => number;
};

export function createParts(options: PartsOptions): Parts {
  const { settings, upstream, admission, meters = noMeters, clock, schedule, log } = options;
  const sealer = createSealer(settings.proxySecret);
  const parts: Parts = {
    agents: new Map([[defaultAgent, settings.project], ...settings.agents]),
    origins: originRules(settings),
    pause: options.pause ?? { check: () => {} },
    upstream,
    ...turnParts(options, { sealer }, (orphan) =>
      unattended(parts, { ...orphan, request: "adopted" }, adoptTurn(parts, orphan)),
    ),
    sealer,
    admission,
    following: createVisitorLimit(settings.followLimit, clock),
    reading: createVisitorLimit(settings.readLimit, clock),
    owner: ownerParts(options),
    meters,
    ...newcomerParts(options),
    limits: {
      largestBody: settings.largestBody,
      longestPrompt: settings.longestPrompt,
      heartbeat: settings.heartbeatSeconds * 1000,
      readers: 10,
    },
    schedule,
    clock,
    log,
  };
  return parts;
}

function ownerParts({ settings, fetch, schedule, clock }: PartsOptions): Owner | null {
  const { contactWebhook: address, contactLimit } = settings;
  if (address === null) return null;
  return {
    webhook: createWebhook({ address, fetch, schedule }),
    limit: createVisitorLimit(contactLimit, clock),
  };
}

function originRules({ allowedOrigins, agentOrigins, trustProxy }: PartsOptions["settings"]): OriginRules {
  return { allowed: allowedOrigins, ofAgents: agentOrigins, behindProxy: trustProxy > 0 };
}

/** What tells visitors apart, and asks new ones for work. */
function newcomerParts({
  settings,
  clock,
  randomBytes,
  redis = null,
  load = () => 0,
}: PartsOptions): Pick<Parts, "visitors" | "identities" | "turnSecrets" | "latest" | "proofs" | "busy"> {
  const { proxySecret: secret } = settings;
  const busy = createBusy({ clock, load });
  return {
    visitors: createVisitors({ secret, clock, randomBytes, days: settings.visitorDays }),
    identities: createIdentities({
      secret: settings.identitySecret,
      publicKey: settings.identityKey,
      issuer: settings.identityIssuer,
      audience: settings.identityAudience,
      proxySecret: secret,
      clock,
    }),
    turnSecrets: createTurnSecrets(secret),
    latest: createIdentityMemory(redis),
    proofs: createProofs({
      mode: settings.proofOfWork,
      secret,
      clock,
      randomBytes,
      isBusy: () => busy.isBusy(),
      spent: createSpent(redis, clock),
    }),
    busy,
  };
}
