/** Limits, streams and budget of all instances together, decided in Redis by one script in one round trip. */
import * as v from "valibot";
import type { Redis } from "../../redis/redis.ts";
import type { Admission, AdmissionRules, Asker, Lease } from "../admission.ts";
import { Refused } from "../../http/errors.ts";
import type { Log } from "../../http/log.ts";
import { createOutbox } from "./outbox.ts";
import { localRules } from "./fallback-rules.ts";
import { createMemoryAdmission } from "../memory-admission.ts";
import { createUnreportedUsage } from "./unreported-usage.ts";
import { refusalFor } from "../refusals.ts";
import { createScriptCalls } from "./script-calls.ts";
import { createSpentMemory, spentAnswer } from "./usage-snapshot.ts";

export type RedisAdmissionOptions = {
  rules: AdmissionRules;
  /** Milliseconds since 1970; may differ from Redis' clock, which is the one that counts, by less than a month. */
  clock: () => number;
  redis: Redis;
  /** While Redis is away: refuse every question, or let each instance count by itself, by `localRules`. */
  whenAway: "refuse" | "local";
  log: Log;
  /** Names a lease; never the same twice, on any instance. */
  newId: () => string;
  /** Keyed, the same on all instances; see `createKeyHash`. */
  hash: (text: string) => string;
  /** The owner's words for whom a limit stops. */
  words?: string | null;
};

const meanwhile = {
  refuse: "new questions are refused (REDIS_AWAY=refuse)",
  local: "this instance counts by itself, up to a quarter of each limit (REDIS_AWAY=local)",
};
/** Seconds that visitors are told to wait while limits cannot be counted. */
const awayWait = 5;
const admitAnswer = v.tupleWithRest([v.number(), v.number(), v.number(), v.number()], v.unknown());

/**
 * While Redis is away, one question at a time finds out whether it is back, by waiting as long as a command may take;
 * all others are refused or counted locally at once. What leases gave back meanwhile is told when it is back, and what
 * was let through locally is booked before anything else is. A Redis that comes back empty is told what was spent. `close` stops listening to whether Redis is here.
 */
export function createRedisAdmission(options: RedisAdmissionOptions): Admission & { close: () => void } {
  const { rules, clock, redis, whenAway, log, newId, hash, words = null } = options;
  const known = createSpentMemory(rules.budget);
  const calls = createScriptCalls(rules, clock, hash, known);
  const outbox = createOutbox(redis);
  const unreported = createUnreportedUsage(redis, (...owing) => calls.book(...owing), newId);
  const local = createMemoryAdmission({ rules: localRules(rules), clock, words });
  let isTrying = false;
  let wasHere = true;

  function note(): void {
    if (redis.isHere === wasHere) return;
    wasHere = redis.isHere;
    if (!wasHere) log.warn({}, `Redis is away: until it is back ${meanwhile[whenAway]}.`);
    else {
      log.info({}, "Redis is back: limits are counted for all instances together again.");
      // First what is known to be spent: Redis may have lost its data, and everybody would begin anew.
      spent()
        .then(() => (unreported.any ? unreported.settle() : undefined))
        .catch(() => {});
      outbox.flush();
    }
  }

  async function spent(): Promise<{ day: number; month: number }> {
    const { script, keys, values } = calls.spent(newId());
    const answer = v.parse(spentAnswer, await redis.run(script, keys, values));
    known.learn(answer);
    return { day: answer[2], month: answer[4] };
  }
  const unwatch = redis.watch(note);
  note();

  async function inRedis(asker: Asker): Promise<Lease> {
    const lease = newId();
    const { script, keys, values } = calls.admit(asker, lease);
    let answer: unknown;
    try {
      if (unreported.any) await unreported.settle();
      answer = await redis.run(script, keys, values);
    } catch (error) {
      // It may have run all the same; once Redis is back, what it took is given back.
      outbox.keep(calls.giveBack(asker, lease, true));
      throw error;
    }
    if (outbox.kept > 0) outbox.flush();
    const [isAdmitted, budget, rates, streams, ...told] = v.parse(admitAnswer, answer);
    known.learn(v.parse(spentAnswer, told));
    const refused = isAdmitted === 1 ? null : refusalFor({ budget, rates, streams: streams === 1 }, words);
    if (refused) throw refused;
    return leaseOf((isRefund) => outbox.send(calls.giveBack(asker, lease, isRefund)));
  }

  async function withoutRedis(asker: Asker): Promise<Lease> {
    if (whenAway === "refuse") throw new Refused("upstream-busy", { retryAfter: awayWait });
    // A quarter of the budget, and no more than was left of the whole.
    const refused = refusalFor({ budget: known.budget.wait(clock()), rates: 0, streams: false }, words);
    if (refused) throw refused;
    const lease = await local.admit(asker);
    const then = clock();
    unreported.add(1, then);
    known.budget.spend(1, then);
    return leaseOf((isRefund) => {
      if (!isRefund) return lease.end();
      lease.refund();
      // As in Redis: a lease that has run out stays spent.
      if (clock() >= then + rules.leaseSeconds * 1000) return;
      unreported.add(-1, then);
      known.budget.spend(-1, then);
    });
  }

  return {
    async admit(asker) {
      if (!redis.isHere && isTrying) return withoutRedis(asker);
      const isTry = !redis.isHere;
      if (isTry) isTrying = true;
      try {
        return await inRedis(asker);
      } catch (error) {
        if (error instanceof Refused) throw error;
        if (redis.isHere) log.error({ reason: String(error) }, "Limits could not be counted");
        return await withoutRedis(asker);
      } finally {
        if (isTry) isTrying = false;
      }
    },

    async left() {
      const { day, month } = await spent();
      const left = (cap: number | null, spent: number) => (cap === null ? null : Math.max(0, cap - spent));
      return { day: left(rules.budget.day, day), month: left(rules.budget.month, month) };
    },

    close: unwatch,
  };
}

/** The first word on a lease is the last. */
function leaseOf(giveBack: (isRefund: boolean) => void): Lease {
  let isHeld = true;
  const once = (isRefund: boolean) => {
    if (isHeld) giveBack(isRefund);
    isHeld = false;
  };
  return { end: () => once(false), refund: () => once(true) };
}
