/** What an instance owes Redis after it was away: little, and told a little at a time. */
import { expect, it } from "vitest";
import { RedisAway } from "../../redis/redis.ts";
import type { Incarnation } from "./turn-log.ts";
import { GiveUps } from "./abandoned-turns.ts";

function owing() {
  const told: (Incarnation & { untouched: boolean })[] = [];
  const reported: unknown[] = [];
  const redis = { failing: null as Error | null, atOnce: 0, most: 0 };
  const ledger = {
    async giveUp(turn: Incarnation, _event: string, untouched: boolean): Promise<void> {
      redis.most = Math.max(redis.most, ++redis.atOnce);
      await Promise.resolve();
      redis.atOnce--;
      if (redis.failing) throw redis.failing;
      told.push({ ...turn, untouched });
    },
  };
  const seal = { seal: (text: string) => text, open: (text: string) => text };
  return {
    giveUps: new GiveUps({ ledger, seal, report: (error) => reported.push(error) }),
    told,
    redis,
    reported,
  };
}

it("however often the same turn is refused, it is told of once", async () => {
  const { giveUps, told } = owing();
  for (let birth = 1; birth <= 100; birth++) giveUps.note({ id: "turn", born: `a.${birth}` }, true);
  await giveUps.settle();
  expect(told).toEqual([{ id: "turn", born: "a.100", untouched: true }]);
});

it("however many are refused, it remembers some thousand, and tells them few at a time", async () => {
  const { giveUps, told, redis } = owing();
  for (let count = 0; count < 20_000; count++) giveUps.note({ id: `${count}`, born: `a.${count}` }, true);
  await giveUps.settle();
  expect(told).toHaveLength(5000);
  expect(redis.most).toBeLessThanOrEqual(10);
});

it("what Redis did not hear is told again later, what it refused is reported and done with", async () => {
  const { giveUps, told, redis, reported } = owing();
  for (let count = 0; count < 100; count++) giveUps.note({ id: `${count}`, born: "a.1" }, true);
  redis.failing = new RedisAway("away");
  await giveUps.settle();
  expect(told).toEqual([]);
  redis.failing = null;
  await Promise.all([giveUps.settle(), giveUps.settle()]);
  expect(told).toHaveLength(100);
  redis.failing = new Error("refused");
  giveUps.note({ id: "one more", born: "a.2" }, true);
  await giveUps.settle();
  redis.failing = null;
  await giveUps.settle();
  expect([told.length, reported.length]).toEqual([100, 1]);
});

it("a turn that was asked once is never said to be untouched", async () => {
  const { giveUps, told } = owing();
  giveUps.note({ id: "turn", born: "a.1" }, false);
  giveUps.note({ id: "turn", born: "a.2" }, true);
  await giveUps.settle();
  expect(told).toEqual([{ id: "turn", born: "a.2", untouched: false }]);
});
