/** Several instances of the proxy in one process with one real Redis; each can be killed or disconnected from it. */
import { connectRedis } from "../redis/connect-redis.ts";
import { RedisAway, type Redis } from "../redis/redis.ts";
import type { Settings } from "../settings/table.ts";
import type { Schedule } from "../schedule.ts";
import { createFakeProxy, type FakeProxy } from "./fake-proxy.ts";
import { startRedisServer, type RedisServer } from "./redis-server.ts";

export type KillableProxy = FakeProxy & {
  redis: Redis;
  /** Stops all its activity, like `kill -9` as seen by others. */
  kill(): void;
  /** As if the network between it and Redis were down, or up again. */
  cutOff(away: boolean): void;
  /** Called after Redis has run the script of this name, before the instance receives the reply. */
  meanwhile: Map<string, () => unknown>;
};

export type Cluster = {
  server: RedisServer;
  open(overrides?: Partial<Settings>): Promise<KillableProxy>;
  close(): Promise<void>;
};

export async function startCluster(): Promise<Cluster> {
  const server = await startRedisServer();
  const connections: Redis[] = [];
  let opened = 0;
  return {
    server,
    async open(overrides = {}) {
      const connection = await connectRedis({ url: server.url });
      connections.push(connection);
      let isDead = false;
      let isAway = false;
      const watchers = new Set<() => void>();
      const meanwhile = new Map<string, () => unknown>();
      const redis: Redis = {
        async run(script, ...given) {
          if (isDead) return new Promise(() => {});
          if (isAway) throw new RedisAway("cut off");
          const answer = await connection.run(script, ...given);
          await meanwhile.get(script.name)?.();
          return answer;
        },
        subscribe: (channel, hear) =>
          connection.subscribe(channel, (message) => {
            if (!isDead && !isAway) hear(message);
          }),
        get isHere() {
          return connection.isHere && !isAway;
        },
        watch(changed) {
          watchers.add(changed);
          const unwatch = connection.watch(() => isDead || changed());
          return () => {
            watchers.delete(changed);
            unwatch();
          };
        },
        close: () => connection.close(),
      };
      const schedule: Schedule = (milliseconds, work) => {
        const timer = setTimeout(() => isDead || work(), milliseconds);
        timer.unref();
        return () => clearTimeout(timer);
      };
      const name = String(8001 + opened++);
      const proxy = createFakeProxy(overrides, new Map(), { redis, schedule, name });
      return {
        ...proxy,
        redis,
        kill: () => void (isDead = true),
        cutOff(away) {
          isAway = away;
          for (const watcher of watchers) watcher();
        },
        meanwhile,
      };
    },
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
      await server.kill();
    },
  };
}
