/** Tests of what instances find of each other's turns in a real Redis, and for how long. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectRedis } from "../../redis/connect-redis.ts";
import type { Redis } from "../../redis/redis.ts";
import { startRedisServer, type RedisServer } from "../../testing/redis-server.ts";
import { createTurnLog } from "./turn-log.ts";

let server: RedisServer;
let redis: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  redis = await connectRedis({ url: server.url });
});
afterAll(async () => {
  await redis.close();
  await server.kill();
});

it("a kept answer is found by each of its keys as long as it is kept, and deleted with its conversation", async () => {
  const life = 200;
  const turnLog = createTurnLog({ redis, instance: "a", life, keep: 60_000 });
  const [first, within, again] = ["first", "within the conversation", "with the token"];
  const asking = { prompt: "When?", conversation: null, digest: null };
  await turnLog.claim({ key: first, ...asking }, "a.1");
  const record = { prompt: "When?", digest: "", conversation: "c", newer: "", keys: [first, within, again] };
  const events = ["conversation x", 'delta {"text":"At seven."}', 'done {"message":null}'];
  await turnLog.append({ id: first, attemptId: "a.1" }, 1, events, { ending: "ended", record });
  await new Promise((resolve) => setTimeout(resolve, 2 * life));
  expect(await turnLog.read(within, 0)).toMatchObject({ id: first, state: "ended" });
  expect(await turnLog.claim({ key: again, ...asking }, "a.2")).toEqual({ what: "known", id: first });
  await turnLog.forget("c");
  for (const key of [first, within, again]) expect(await turnLog.read(key, 0)).toBeNull();
});
