/** Dependencies of the routes, created from the settings and the services of the running process. */
import { createIdentities } from "./auth/identity-jwt.ts";
import { createIdentityMemory } from "./auth/latest-conversations.ts";
import { createBusy } from "./auth/proof-of-work/load.ts";
import { createProofs } from "./auth/proof-of-work/require-proof.ts";
import { createSpent } from "./auth/proof-of-work/used-challenges.ts";
import type { OriginRules } from "./middleware/cors.ts";
import { createSealer } from "./crypto/seal.ts";
import { createTurnSecrets } from "./auth/turn-secret.ts";
import { createVisitors } from "./auth/visitor-token.ts";
import { noMetrics } from "./metrics/metrics.ts";
import { defaultAgent } from "./protocol/paths.ts";
import { createVisitorLimit } from "./limits/visitor-limit.ts";
import { createWebhook } from "./contact/webhook.ts";
import { forAgent } from "./settings/parsers.ts";
import { recoverTurn } from "./answering/recover-turn.ts";
import type { Owner, ProxyDeps, DepsOptions } from "./deps.ts";
import { createTurns } from "./create-turns.ts";
import { runDetached } from "./answering/run-detached.ts";

export function createDeps(options: DepsOptions): ProxyDeps {
  const { settings, upstream, admission, metrics = noMetrics, clock, schedule, log } = options;
  const sealer = createSealer(settings.proxySecret);
  const deps: ProxyDeps = {
    agents: new Map([[defaultAgent, settings.project], ...settings.agents]),
    answersOf: (alias) => answersOf(settings, alias),
    origins: originRules(settings),
    pause: options.pause ?? { check: () => {} },
    upstream,
    ...createTurns(options, { sealer }, (orphan) =>
      runDetached(deps, { ...orphan, request: "adopted" }, recoverTurn(deps, orphan)),
    ),
    sealer,
    admission,
    following: createVisitorLimit(settings.followLimit, clock),
    reading: createVisitorLimit(settings.readLimit, clock),
    owner: ownerDeps(options),
    metrics,
    ...visitorDeps(options),
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
  return deps;
}

function answersOf({ responseSource, agentCapability }: DepsOptions["settings"], alias: string) {
  const source = forAgent(responseSource, alias);
  const capability = forAgent(agentCapability, alias);
  return { ...(source ? { responseSource: source } : {}), ...(capability ? { capability } : {}) };
}

function ownerDeps({ settings, fetch, schedule, clock }: DepsOptions): Owner | null {
  const { contactWebhook: address, contactLimit } = settings;
  if (address === null) return null;
  return {
    webhook: createWebhook({ address, fetch, schedule }),
    limit: createVisitorLimit(contactLimit, clock),
  };
}

function originRules({ allowedOrigins, agentOrigins, trustProxy }: DepsOptions["settings"]): OriginRules {
  return { allowed: allowedOrigins, ofAgents: agentOrigins, behindProxy: trustProxy > 0 };
}

/** Services that identify visitors, and demand work of new ones. */
function visitorDeps({
  settings,
  clock,
  randomBytes,
  redis = null,
  load = () => 0,
}: DepsOptions): Pick<ProxyDeps, "visitors" | "identities" | "turnSecrets" | "latest" | "proofs" | "busy"> {
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
