/** Limits, streams and budget of all instances together, decided in Redis by one script in one round trip. */
import * as v from "valibot";
import type { Redis } from "../../redis/redis.ts";
import type { Admission, AdmissionRules } from "../admission.ts";
import { Refused } from "../../http/errors.ts";
import type { Log } from "../../http/log.ts";
import { createFallbackAdmission } from "./fallback-admission.ts";
import { createLease } from "./lease.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createUnreportedUsage, type UnreportedUsage } from "./unreported-usage.ts";
import { refusalFor } from "../refusals.ts";
import { createScriptCalls, type ScriptCalls } from "./script-calls.ts";
import { createSpentMemory, spentAnswer, type SpentMemory } from "./usage-snapshot.ts";

export type RedisAdmissionOptions = {
  rules: AdmissionRules;
  /** Milliseconds since 1970; may differ by less than a month from Redis' clock, which counts. */
  clock: () => number;
  redis: Redis;
  /** While Redis is away: refuse every question, or let each instance count by itself, by `localRules`. */
  whenAway: "refuse" | "local";
  log: Log;
  /** Names a lease; never the same twice, on any instance. */
  newId: () => string;
  /** Keyed, the same on all instances; see `createKeyHash`. */
  hash: (text: string) => string;
  /** The owner's message for visitors whom a limit stops. */
  words?: string | null;
};

/** Services that admission by script shares with the watch on Redis. */
type Shared = {
  redis: Redis;
  calls: ScriptCalls;
  known: SpentMemory;
  outbox: Outbox;
  unreported: UnreportedUsage;
  newId: () => string;
  words: string | null;
};

const meanwhile = {
  refuse: "new questions are refused (REDIS_AWAY=refuse)",
  local: "this instance counts by itself, up to a quarter of each limit (REDIS_AWAY=local)",
};
const admitAnswer = v.tupleWithRest([v.number(), v.number(), v.number(), v.number()], v.unknown());

/**
 * While Redis is away, one question at a time tries whether it is back, and waits as long as a command may take; all
 * others are refused or counted locally at once. When Redis is back, it first receives what was spent (it may have lost
 * its data) and what was admitted locally, then the leases that ended meanwhile. `close` ends watching Redis.
 */
export function createRedisAdmission(options: RedisAdmissionOptions): Admission & { close: () => void } {
  const { rules, clock, redis, whenAway, log, newId, hash, words = null } = options;
  const known = createSpentMemory(rules.budget);
  const calls = createScriptCalls(rules, clock, hash, known);
  const outbox = createOutbox(redis);
  const unreported = createUnreportedUsage(redis, (...owing) => calls.book(...owing), newId);
  const shared: Shared = { redis, calls, known, outbox, unreported, newId, words };
  const inRedis = createScriptAdmission(shared);
  const fallback = createFallbackAdmission({ rules, clock, whenAway, known, unreported, words });
  const close = watchRedis(shared, inRedis.spent, whenAway, log);
  let isTrying = false;

  return {
    async admit(asker) {
      if (!redis.isHere && isTrying) return fallback.admit(asker);
      const isTry = !redis.isHere;
      if (isTry) isTrying = true;
      try {
        return await inRedis.admit(asker);
      } catch (error) {
        if (error instanceof Refused) throw error;
        if (redis.isHere) log.error({ reason: String(error) }, "Limits could not be counted");
        return await fallback.admit(asker);
      } finally {
        if (isTry) isTrying = false;
      }
    },

    async left() {
      const { day, month } = await inRedis.spent();
      const left = (cap: number | null, spent: number) => (cap === null ? null : Math.max(0, cap - spent));
      return { day: left(rules.budget.day, day), month: left(rules.budget.month, month) };
    },

    close,
  };
}

type ScriptAdmission = Pick<Admission, "admit"> & {
  /** The queries spent of each budget. */
  spent: () => Promise<{ day: number; month: number }>;
};

/** Admission by the scripts; each call rejects when Redis does not answer. */
function createScriptAdmission(shared: Shared): ScriptAdmission {
  const { redis, calls, known, outbox, unreported, newId, words } = shared;
  return {
    async admit(asker) {
      const lease = newId();
      const { script, keys, values } = calls.admit(asker, lease);
      let answer: unknown;
      try {
        if (unreported.any) await unreported.settle();
        answer = await redis.run(script, keys, values);
      } catch (error) {
        // The script may have run all the same; once Redis is back, what it took is given back.
        outbox.keep(calls.giveBack(asker, lease, true));
        throw error;
      }
      if (outbox.size > 0) outbox.flush();
      const [isAdmitted, budget, rates, streams, ...usage] = v.parse(admitAnswer, answer);
      known.learn(v.parse(spentAnswer, usage));
      const refused = isAdmitted === 1 ? null : refusalFor({ budget, rates, streams: streams === 1 }, words);
      if (refused) throw refused;
      return createLease((isRefund) => outbox.send(calls.giveBack(asker, lease, isRefund)));
    },

    async spent() {
      const { script, keys, values } = calls.spent(newId());
      const answer = v.parse(spentAnswer, await redis.run(script, keys, values));
      known.learn(answer);
      return { day: answer[2], month: answer[4] };
    },
  };
}

/** Logs when Redis goes away or comes back, and sends what it missed; returns how to end that. */
function watchRedis(
  { redis, outbox, unreported }: Shared,
  spent: ScriptAdmission["spent"],
  whenAway: RedisAdmissionOptions["whenAway"],
  log: Log,
): () => void {
  let wasHere = true;
  function check(): void {
    if (redis.isHere === wasHere) return;
    wasHere = redis.isHere;
    if (!wasHere) return log.warn({}, `Redis is away: until it is back ${meanwhile[whenAway]}.`);
    log.info({}, "Redis is back: limits are counted for all instances together again.");
    // First the known usage: Redis may have lost its data, and every budget would restart.
    spent()
      .then(() => (unreported.any ? unreported.settle() : undefined))
      .catch(() => {});
    outbox.flush();
  }
  const unwatch = redis.watch(check);
  check();
  return unwatch;
}
