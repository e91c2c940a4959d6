/** Tests of the connection to a real Redis: slow, silent, and wrongly suspected. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
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

it("is not considered away when this process itself was blocked", async () => {
  const answers = Array.from({ length: 200 }, (_, index) => redis.run(echo, [], [index]));
  keepBusy(250);
  expect(await Promise.all(answers)).toEqual(answers.map((_, index) => String(index)));
  const more = redis.run(echo, [], ["more"]);
  await new Promise((resolve) => setImmediate(resolve));
  keepBusy(250);
  expect(await more).toBe("more");
  expect(changes).toEqual([]);
});

it("is away after a silence, and back when it answers", async () => {
  server.freeze();
  const began = performance.now();
  await expect(redis.run(echo, [], ["?"])).rejects.toThrow(RedisAway);
  expect(performance.now() - began).toBeGreaterThan(95);
  server.thaw();
  await expect.poll(() => redis.run(echo, [], ["!"]).catch(() => null)).toBe("!");
  expect(changes).toEqual([false, true]);
});

/** Route to Redis whose connections can go dead without being closed, as behind a router that dropped them. */
async function openRelay(port: number) {
  const pairs: (readonly [Socket, Socket])[] = [];
  const relay = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const socket of [near, far]) socket.on("error", () => undefined);
    near.pipe(far).pipe(near);
    pairs.push([near, far]);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    url: `redis://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    connections: () => pairs.length,
    /** Data of existing connections is lost from now on; new ones work. */
    mute() {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
    close() {
      for (const sockets of pairs) for (const socket of sockets) socket.destroy();
      relay.close();
    },
  };
}

it(
  "is reconnected, with its subscriptions, when its connections go dead without being closed",
  { timeout: 20_000 },
  async () => {
    const relay = await openRelay(server.port);
    const far = await connectRedis({ url: relay.url, patienceMs: 100, silenceMs: 300 });
    const heard: string[] = [];
    const publish = { name: "publish", text: "return redis.call('PUBLISH', 'stops', ARGV[1])" };
    far.subscribe("stops", (message) => void heard.push(message));
    await expect.poll(() => redis.run(publish, [], ["before"])).toBe(1);
    await expect.poll(() => heard).toEqual(["before"]);

    relay.mute();
    // No command is sent meanwhile.
    await expect.poll(() => relay.connections(), { timeout: 5000 }).toBe(4);
    await expect.poll(() => far.run(echo, [], ["?"]).catch(() => null), { timeout: 5000 }).toBe("?");
    await expect
      .poll(async () => (await redis.run(publish, [], ["after"]), heard), { timeout: 5000 })
      .toContain("after");

    await far.close();
    relay.close();
  },
);

it("keeps its connections while they are idle", async () => {
  const relay = await openRelay(server.port);
  const quiet = await connectRedis({ url: relay.url, silenceMs: 200 });
  quiet.subscribe("stops", () => undefined);
  await new Promise((resolve) => setTimeout(resolve, 900));
  expect(relay.connections()).toBe(2);
  await quiet.close();
  relay.close();
});
