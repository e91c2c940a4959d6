/** Tests of the corrections that an instance sends to Redis after it was away: few, and a few at a time. */
import { expect, it } from "vitest";
import { RedisAway } from "../../redis/redis.ts";
import type { Attempt } from "./turn-log.ts";
import { AbandonedTurns } from "./abandoned-turns.ts";

function owing() {
  const told: (Attempt & { retryable: boolean })[] = [];
  const reported: unknown[] = [];
  const redis = { failing: null as Error | null, atOnce: 0, max: 0 };
  const turnLog = {
    async giveUp(turn: Attempt, _event: string, retryable: boolean): Promise<void> {
      redis.max = Math.max(redis.max, ++redis.atOnce);
      await Promise.resolve();
      redis.atOnce--;
      if (redis.failing) throw redis.failing;
      told.push({ ...turn, retryable });
    },
  };
  const seal = { seal: (text: string) => text, open: (text: string) => text };
  return {
    abandoned: new AbandonedTurns({ turnLog, seal, report: (error) => reported.push(error) }),
    told,
    redis,
    reported,
  };
}

it("a turn that is refused many times is reported once", async () => {
  const { abandoned, told } = owing();
  for (let birth = 1; birth <= 100; birth++) abandoned.note({ id: "turn", attemptId: `a.${birth}` }, true);
  await abandoned.settle();
  expect(told).toEqual([{ id: "turn", attemptId: "a.100", retryable: true }]);
});

it("of many refused turns a bounded number is stored, and reported a few at a time", async () => {
  const { abandoned, told, redis } = owing();
  for (let count = 0; count < 20_000; count++)
    abandoned.note({ id: `${count}`, attemptId: `a.${count}` }, true);
  await abandoned.settle();
  expect(told).toHaveLength(5000);
  expect(redis.max).toBeLessThanOrEqual(10);
});

it("a correction that Redis did not receive is sent again later, a refused one is logged and dropped", async () => {
  const { abandoned, told, redis, reported } = owing();
  for (let count = 0; count < 100; count++) abandoned.note({ id: `${count}`, attemptId: "a.1" }, true);
  redis.failing = new RedisAway("away");
  await abandoned.settle();
  expect(told).toEqual([]);
  redis.failing = null;
  await Promise.all([abandoned.settle(), abandoned.settle()]);
  expect(told).toHaveLength(100);
  redis.failing = new Error("refused");
  abandoned.note({ id: "one more", attemptId: "a.2" }, true);
  await abandoned.settle();
  redis.failing = null;
  await abandoned.settle();
  expect([told.length, reported.length]).toEqual([100, 1]);
});

it("a turn that was asked is never reported as retryable", async () => {
  const { abandoned, told } = owing();
  abandoned.note({ id: "turn", attemptId: "a.1" }, false);
  abandoned.note({ id: "turn", attemptId: "a.2" }, true);
  await abandoned.settle();
  expect(told).toEqual([{ id: "turn", attemptId: "a.2", retryable: false }]);
});
