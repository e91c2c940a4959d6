/** Start of the limits: counted in this process' memory, or in Redis for all instances. */
import { randomUUID } from "node:crypto";
import type { Admission } from "../../limits/admission.ts";
import { createCallBudget, type CallBudget } from "../../limits/call-budget.ts";
import { createKeyHash } from "../../limits/redis/hash-key.ts";
import { createMemoryAdmission } from "../../limits/memory-admission.ts";
import { createRedisAdmission } from "../../limits/redis/redis-admission.ts";
import { createRedisCallBudget } from "../../limits/redis/redis-call-budget.ts";
import type { Log } from "../../http/log.ts";
import type { Metrics } from "../../metrics/metrics.ts";
import { connectRedis } from "../../redis/connect-redis.ts";
import type { Redis } from "../../redis/redis.ts";
import type { Settings } from "../../settings/table.ts";
import { admissionRules } from "../admission-rules.ts";

export type StartedAdmission = {
  admission: Admission;
  /** The account's calls per minute; the stand-in's are not counted. */
  budget: CallBudget;
  /** Null without REDIS_URL. */
  redis: Redis | null;
  close(): Promise<void>;
};

type AdmissionStart = { settings: Settings & { proxySecret: string }; metrics: Metrics; log: Log };

/** An unreachable Redis does not stop the start: the log says so, and REDIS_AWAY decides what happens then. */
export async function startAdmission({ settings, metrics, log }: AdmissionStart): Promise<StartedAdmission> {
  const callLimit = settings.upstreamCallsPerMinute;
  const counting = { rules: admissionRules(settings), clock: Date.now, words: settings.limitMessage };
  if (settings.redisUrl === null) {
    const admission = createMemoryAdmission(counting);
    metrics.budget(() => admission.left());
    const budget = createCallBudget(callLimit, Date.now);
    return { admission, budget, redis: null, close: async () => {} };
  }
  const redis = await connectRedis({ url: settings.redisUrl, changed: (isHere) => metrics.redis(isHere) });
  metrics.redis(redis.isHere);
  const hash = createKeyHash(settings.proxySecret);
  const admission = createRedisAdmission({
    ...counting,
    redis,
    whenAway: settings.redisAway,
    log,
    newId: randomUUID,
    hash,
  });
  metrics.budget(() => admission.left());
  return {
    admission,
    budget:
      callLimit === null
        ? createCallBudget(null, Date.now)
        : createRedisCallBudget({ limit: callLimit, redis, clock: Date.now, hash }),
    redis,
    async close() {
      admission.close();
      await redis.close();
    },
  };
}
