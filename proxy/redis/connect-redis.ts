/** Connection to Redis that never blocks: no queue while Redis is away, one try for each command. */
import Client from "ioredis";
import { RedisAway, type Redis } from "./redis.ts";
import { createScriptRunner } from "./script-runner.ts";
import { createSubscriptions } from "./subscriptions.ts";

export type RedisOptions = {
  url: string;
  /** Timeout of a command in milliseconds; default 250. */
  patienceMs?: number;
  /** Milliseconds without an answer after which a connection is replaced; default 2000. */
  silenceMs?: number;
  /** Called once each time Redis goes away or comes back. */
  changed?: (isHere: boolean) => void;
};

const usualPatience = 250;
const usualSilence = 2000;
/** Maximum delay between two attempts to connect, in milliseconds. */
const maxPauseMs = 1000;

/** Resolves when connected, or after the first failure: then it retries in the background. */
export async function connectRedis({
  url,
  patienceMs = usualPatience,
  silenceMs = usualSilence,
  changed,
}: RedisOptions): Promise<Redis> {
  const options = connectionOptions(silenceMs);
  const client = new Client(url, options);
  // A connection with subscriptions can do nothing else.
  const listener = new Client(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  for (const each of [client, listener]) each.on("error", () => {});
  const stopPings = pingRegularly([client, listener], silenceMs / 2);
  const presence = createPresence(changed);
  client.on("ready", () => presence.set(true));
  client.on("close", () => presence.set(false));
  const subscribe = createSubscriptions(listener);
  const runScript = createScriptRunner(client);
  await client.connect().catch(() => {});
  void listener.connect().catch(() => {});

  return {
    async run(script, keys, values) {
      try {
        const result = await within(patienceMs, runScript(script, keys, [...values]));
        presence.set(true);
        return result;
      } catch (error) {
        if (isScriptError(error))
          throw new Error(`The Redis script "${script.name}" failed: ${error.message}`, { cause: error });
        presence.set(false);
        throw new RedisAway(`Redis did not answer "${script.name}".`);
      }
    },
    subscribe,
    get isHere() {
      return presence.isHere;
    },
    watch: (watcher) => presence.watch(watcher),
    async close() {
      stopPings();
      client.disconnect();
      listener.disconnect();
      await Promise.resolve();
    },
  };
}

const connectionOptions = (silenceMs: number) => ({
  lazyConnect: true,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2000,
  // A connection can be dead without being closed: commands are lost, and TCP reports it only after a quarter of an hour.
  socketTimeout: silenceMs,
  retryStrategy: (tries: number) => Math.min(50 * tries, maxPauseMs),
});

/** A connection that only receives messages sends nothing by itself, and would not notice that it is dead. */
function pingRegularly(connections: readonly Client[], everyMs: number): () => void {
  const timer = setInterval(() => {
    for (const each of connections) if (each.status === "ready") each.ping().catch(() => {});
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Whether Redis answers, and whom a change is reported to. */
function createPresence(changed: RedisOptions["changed"]) {
  const watchers = new Set<() => void>();
  let isHere = false;
  return {
    get isHere() {
      return isHere;
    },
    set(here: boolean): void {
      if (here === isHere) return;
      isHere = here;
      changed?.(here);
      for (const watcher of watchers) watcher();
    },
    watch(watcher: () => void): () => void {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

/** Redis answered and refused the script itself; otherwise it is starting, a replica, or not reachable. */
function isScriptError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    error.name === "ReplyError" &&
    !/^(LOADING|READONLY|MASTERDOWN)/.test(error.message)
  );
}

/** In how many slices a command's time is counted. */
const slices = 5;

/** Rejects after `milliseconds` without an answer. Time in which this process was blocked counts as one slice. */
function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let left = slices;
    function wait(): ReturnType<typeof setTimeout> {
      return setTimeout(() => {
        left--;
        if (left === 0) reject(new Error("No answer in time."));
        else timer = wait();
      }, milliseconds / slices);
    }
    let timer = wait();
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
