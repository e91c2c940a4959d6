/** A real Redis as the proxy sees it: slow, silent, and falsely suspected. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { startRedisServer, type RedisServer } from "../testing/redis-server.ts";
import { connectRedis } from "./connect-redis.ts";
import { RedisAway, type Redis } from "./redis.ts";

let server: RedisServer;
let redis: Redis;
const changes: boolean[] = [];
const echo = { name: "echo", text: "return ARGV[1]" };

beforeAll(async () => {
  server = await startRedisServer();
  redis = await connectRedis({ url: server.url, patienceMs: 100, changed: (isHere) => changes.push(isHere) });
});
beforeEach(() => void changes.splice(0));
afterEach(() => server.thaw());
afterAll(async () => {
  await redis.close();
  await server.kill();
});

function keepBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

it("is not taken for away when this process itself had no time to listen", async () => {
  const answers = Array.from({ length: 200 }, (_, index) => redis.run(echo, [], [index]));
  keepBusy(250);
  expect(await Promise.all(answers)).toEqual(answers.map((_, index) => String(index)));
  const more = redis.run(echo, [], ["more"]);
  await new Promise((resolve) => setImmediate(resolve));
  keepBusy(250);
  expect(await more).toBe("more");
  expect(changes).toEqual([]);
});

it("is away once it says nothing for so long, and here again when it does", async () => {
  server.freeze();
  const began = performance.now();
  await expect(redis.run(echo, [], ["?"])).rejects.toThrow(RedisAway);
  expect(performance.now() - began).toBeGreaterThan(95);
  server.thaw();
  await expect.poll(() => redis.run(echo, [], ["!"]).catch(() => null)).toBe("!");
  expect(changes).toEqual([false, true]);
});
