/** Connects what counts the limits: this process' memory, or Redis for all instances together. */
import { randomUUID } from "node:crypto";
import type { Admission } from "../guards/admission.ts";
import { createKeyHash } from "../guards/limits/key-hash.ts";
import { createMemoryAdmission } from "../guards/limits/memory-admission.ts";
import { createRedisAdmission } from "../guards/limits/redis-admission.ts";
import type { Log } from "../guards/request-log.ts";
import type { Meters } from "../meters/meters.ts";
import { connectRedis } from "../redis/connect-redis.ts";
import type { Redis } from "../redis/redis.ts";
import type { Settings } from "../settings.ts";
import { admissionRules } from "./admission-rules.ts";

export type StartedAdmission = {
  admission: Admission;
  /** Null without REDIS_URL. */
  redis: Redis | null;
  close(): Promise<void>;
};

type AdmissionStart = { settings: Settings & { proxySecret: string }; meters: Meters; log: Log };

/** A Redis that is not there yet does not stop the start: the log says that it is away, REDIS_AWAY says what then. */
export async function startAdmission({ settings, meters, log }: AdmissionStart): Promise<StartedAdmission> {
  const counting = { rules: admissionRules(settings), clock: Date.now, words: settings.limitMessage };
  if (settings.redisUrl === null) {
    const admission = createMemoryAdmission(counting);
    meters.budget(() => admission.left());
    return { admission, redis: null, close: async () => {} };
  }
  const redis = await connectRedis({ url: settings.redisUrl, changed: (isHere) => meters.redis(isHere) });
  meters.redis(redis.isHere);
  const admission = createRedisAdmission({
    ...counting,
    redis,
    whenAway: settings.redisAway,
    log,
    newId: randomUUID,
    hash: createKeyHash(settings.proxySecret),
  });
  meters.budget(() => admission.left());
  return {
    admission,
    redis,
    async close() {
      admission.close();
      await redis.close();
    },
  };
}
