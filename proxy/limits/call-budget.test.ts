/** Tests of the account's calls per minute, counted in memory and in Redis. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectRedis } from "../redis/connect-redis.ts";
import type { Redis } from "../redis/redis.ts";
import { startRedisServer, type RedisServer } from "../testing/redis-server.ts";
import { createCallBudget, type CallBudget, type CallPart } from "./call-budget.ts";
import { createRedisCallBudget } from "./redis/redis-call-budget.ts";

const forty = { max: 40, isAssumed: false };

/** The number of uses that are admitted. */
async function letThrough(
  budget: CallBudget,
  part: CallPart,
  tries: number,
  address?: (index: number) => string,
) {
  let taken = 0;
  for (let index = 0; index < tries; index++)
    if ((await budget.take({ part, calls: 1, address: address?.(index) })) === 0) taken++;
  return taken;
}

const own = (index: number) => `203.0.113.${index}`;
const one = () => "192.0.2.66";

let server: RedisServer;
const connections: Redis[] = [];
async function connected(): Promise<Redis> {
  const redis = await connectRedis({ url: server.url });
  connections.push(redis);
  return redis;
}
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(async () => {
  await Promise.all(connections.map((redis) => redis.close()));
  await server.kill();
});

let budgets = 0;
describe.each([
  ["memory", async () => createCallBudget(forty, () => 1_790_000_000_000)],
  [
    "Redis",
    async () => {
      const name = ++budgets;
      const hash = (text: string) => `${name}-${text}`;
      const redis = await connected();
      // Each test has windows of its own.
      const apart: Redis = {
        ...redis,
        isHere: true,
        run: (script, keys, values) =>
          redis.run(
            script,
            keys.map((key) => `${key}-${name}`),
            values,
          ),
      };
      return createRedisCallBudget({ limit: forty, redis: apart, clock: Date.now, hash });
    },
  ],
] as const)("a budget of forty calls a minute, kept in %s", (_, open) => {
  it("admits forty calls, and says when there is room again", async () => {
    const budget = await open();
    expect(await letThrough(budget, "question", 60, own)).toBe(40);
    const wait = await budget.take({ part: "question", calls: 1, address: "198.51.100.1" });
    expect(wait).toBeGreaterThan(50_000);
    expect(wait).toBeLessThanOrEqual(60_000);
  });

  it("admits the reading of one long conversation, and keeps half free", async () => {
    const budget = await open();
    expect(await letThrough(budget, "read", 40, one)).toBe(20);
    expect(await letThrough(budget, "read", 40, own)).toBe(0);
    expect(await letThrough(budget, "question", 40, own)).toBe(20);
  });

  it("keeps a quarter for new conversations, and a share that no single address can take", async () => {
    const budget = await open();
    expect(await letThrough(budget, "follow-up", 40, one)).toBe(22);
    expect(await letThrough(budget, "follow-up", 40, own)).toBe(8);
    expect(await letThrough(budget, "question", 40, own)).toBe(10);
  });

  it("takes all calls of a first question together, or none", async () => {
    const budget = await open();
    expect(await letThrough(budget, "question", 39, own)).toBe(39);
    expect(await budget.take({ part: "question", calls: 2, address: "198.51.100.1" })).toBeGreaterThan(0);
    expect(await budget.take({ part: "question", calls: 1, address: "198.51.100.1" })).toBe(0);
  });

  it("counts the proxy's own calls and never refuses them", async () => {
    const budget = await open();
    expect(await letThrough(budget, "own", 50)).toBe(50);
    expect(await letThrough(budget, "question", 5, own)).toBe(0);
  });
});

it("is one budget for two instances, and a quarter for each by itself while Redis is away", async () => {
  const hash = (text: string) => text;
  const [first, second] = [await connected(), await connected()];
  const options = { limit: forty, clock: Date.now, hash };
  const here = createRedisCallBudget({ ...options, redis: first });
  const there = createRedisCallBudget({ ...options, redis: second });
  expect((await letThrough(here, "question", 25, own)) + (await letThrough(there, "question", 25, own))).toBe(
    40,
  );
  const away = createRedisCallBudget({ ...options, redis: { ...second, isHere: false } });
  expect(await letThrough(away, "question", 25, own)).toBe(10);
});

it("that no owner has set limits reading to its share, and questions to nothing", async () => {
  const budget = createCallBudget({ max: 120, isAssumed: true }, () => 0);
  for (const part of ["question", "follow-up", "source", "own"] as const)
    expect(await letThrough(budget, part, 200, one)).toBe(200);
  expect(await letThrough(budget, "read", 40, one)).toBe(20);
  expect(await letThrough(budget, "read", 40, own)).toBe(10);
  expect(await letThrough(budget, "question", 200, one)).toBe(200);
});

it("of more calls keeps three quarters free of reading, of many addresses as of one", async () => {
  const budget = createCallBudget({ max: 240, isAssumed: false }, () => 0);
  expect(await letThrough(budget, "read", 200, one)).toBe(40);
  expect(await letThrough(budget, "read", 200, own)).toBe(20);
  expect(await letThrough(budget, "question", 250, own)).toBe(180);
});

it("has no limit when it is set to none", async () => {
  expect(
    await letThrough(
      createCallBudget(null, () => 0),
      "read",
      500,
      one,
    ),
  ).toBe(500);
});
