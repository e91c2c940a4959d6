/** A person's latest conversation, found from another device and another instance. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectRedis } from "../redis/connect-redis.ts";
import type { Redis } from "../redis/redis.ts";
import { startRedisServer, type RedisServer } from "../testing/redis-server.ts";
import { createIdentityMemory } from "./latest-conversations.ts";
import { createSpent } from "./proof-of-work/used-challenges.ts";

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

describe("a person's latest conversation", () => {
  it("is known for each agent, until it is forgotten", async () => {
    const memory = createIdentityMemory(null);
    expect(await memory.latest("person:a", "default")).toBeNull();
    await memory.note("person:a", "default", "c1");
    await memory.note("person:a", "default", "c2");
    expect(await memory.latest("person:a", "default")).toBe("c2");
    expect(await memory.latest("person:a", "sales")).toBeNull();
    expect(await memory.latest("person:b", "default")).toBeNull();
    await memory.forget("person:a", "default", "c1");
    expect(await memory.latest("person:a", "default")).toBe("c2");
    await memory.forget("person:a", "default", "c2");
    expect(await memory.latest("person:a", "default")).toBeNull();
  });

  it("is stored for a bounded number of persons", async () => {
    const memory = createIdentityMemory(null, 2);
    for (const person of ["a", "b", "c"]) await memory.note(person, "default", person);
    expect(await memory.latest("a", "default")).toBeNull();
    expect(await memory.latest("c", "default")).toBe("c");
  });

  it("is the same at every instance with Redis, and is still known while Redis is away", async () => {
    const one = createIdentityMemory(redis);
    const other = createIdentityMemory(redis);
    await one.note("person:a", "default", "c1");
    expect(await other.latest("person:a", "default")).toBe("c1");
    await other.forget("person:a", "default", "c1");
    expect(await one.latest("person:a", "default")).toBeNull();
    await one.note("person:a", "default", "c2");
    server.freeze();
    expect(await one.latest("person:a", "default")).toBe("c2");
    await one.note("person:a", "default", "c3");
    expect(await one.latest("person:a", "default")).toBe("c3");
    server.thaw();
  });
});

describe("a solved challenge", () => {
  it("counts once, in one process and across instances", async () => {
    const now = { value: 0 };
    const alone = createSpent(null, () => now.value);
    expect(await alone.spend("one", 300)).toBe(true);
    expect(await alone.spend("one", 300)).toBe(false);
    expect(await alone.spend("two", 300)).toBe(true);
    const shared = await Promise.all(
      Array.from({ length: 20 }, () => createSpent(redis, () => 0).spend("three", 300)),
    );
    expect(shared.filter(Boolean)).toHaveLength(1);
  });

  it("is stored while it could be used again, up to a maximum, and then no further one is accepted", async () => {
    const now = { value: 0 };
    const spent = createSpent(null, () => now.value, 2);
    expect(await spent.spend("one", 300)).toBe(true);
    expect(await spent.spend("two", 300)).toBe(true);
    expect(await spent.spend("three", 300)).toBe(false);
    now.value = 300_000;
    expect(await spent.spend("three", 300)).toBe(true);
  });
});
