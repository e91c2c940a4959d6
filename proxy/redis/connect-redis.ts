/** Connects to Redis so that its absence costs a request at most a moment: no queue while away, one try a command. */
import Client from "ioredis";
import { RedisAway, type Redis, type Script } from "./redis.ts";

export type RedisOptions = {
  url: string;
  /** Milliseconds a command may take; 250 unless told otherwise. */
  patienceMs?: number;
  /** Milliseconds without an answer after which a connection is given up for a new one; 2000 unless told otherwise. */
  silenceMs?: number;
  /** Called once each time Redis goes away or comes back. */
  changed?: (isHere: boolean) => void;
};

const usualPatience = 250;
const usualSilence = 2000;
/** The longest wait between two tries to connect, in milliseconds. */
const longestPause = 1000;

/** Resolves when the first connection stands, or has failed once: then it goes on trying in the background. */
export async function connectRedis({
  url,
  patienceMs = usualPatience,
  silenceMs = usualSilence,
  changed,
}: RedisOptions): Promise<Redis> {
  const options = {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    // A connection can be dead without being closed: commands vanish, and nothing says so for a quarter of an hour.
    socketTimeout: silenceMs,
    retryStrategy: (tries: number) => Math.min(50 * tries, longestPause),
  };
  const client = new Client(url, options);
  // A connection that listens can do nothing else.
  const listener = new Client(url, { ...options, enableOfflineQueue: true, maxRetriesPerRequest: null });
  const watchers = new Set<() => void>();
  const hearers = new Map<string, Set<(message: string) => void>>();
  const digests = new Map<Script, Promise<string>>();
  let isHere = false;

  function note(here: boolean): void {
    if (here === isHere) return;
    isHere = here;
    changed?.(here);
    for (const watcher of watchers) watcher();
  }
  for (const each of [client, listener]) each.on("error", () => {});
  // What listens only says nothing by itself, and would be deaf for ever.
  const asking = setInterval(() => {
    for (const each of [client, listener]) if (each.status === "ready") each.ping().catch(() => {});
  }, silenceMs / 2);
  asking.unref();
  client.on("ready", () => note(true));
  client.on("close", () => note(false));
  listener.on("message", (channel: string, message: string) => {
    for (const hear of hearers.get(channel) ?? []) hear(message);
  });
  await client.connect().catch(() => {});
  void listener.connect().catch(() => {});

  async function answered(
    script: Script,
    keys: readonly string[],
    rest: (string | number)[],
  ): Promise<unknown> {
    let digest = digests.get(script);
    if (digest === undefined) {
      digest = client.script("LOAD", script.text).then(String);
      // Whoever comes while it is being loaded waits for the same; after a failure the next one tries anew.
      digests.set(script, digest);
      digest.catch(() => digests.delete(script));
    }
    try {
      return await client.evalsha(await digest, keys.length, ...keys, ...rest);
    } catch (error) {
      // A restarted Redis has forgotten its scripts; what was refused for that reason has not run.
      if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
      return client.eval(script.text, keys.length, ...keys, ...rest);
    }
  }

  return {
    async run(script, keys, values) {
      try {
        const result = await within(patienceMs, answered(script, keys, [...values]));
        note(true);
        return result;
      } catch (error) {
        if (
          error instanceof Error &&
          error.name === "ReplyError" &&
          !/^(LOADING|READONLY|MASTERDOWN)/.test(error.message)
        )
          throw new Error(`The Redis script "${script.name}" failed: ${error.message}`, { cause: error });
        note(false);
        throw new RedisAway(`Redis did not answer "${script.name}".`);
      }
    },
    subscribe(channel, hear) {
      const known = hearers.get(channel);
      if (known) known.add(hear);
      else {
        hearers.set(channel, new Set([hear]));
        listener.subscribe(channel).catch(() => {});
      }
      return () => {
        const left = hearers.get(channel);
        if (!left?.delete(hear) || left.size > 0) return;
        hearers.delete(channel);
        listener.unsubscribe(channel).catch(() => {});
      };
    },
    get isHere() {
      return isHere;
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    async close() {
      clearInterval(asking);
      client.disconnect();
      listener.disconnect();
      await Promise.resolve();
    },
  };
}

/** In how many slices a command's time is counted. */
const slices = 5;

/** Rejects without an answer for so long. Time in which this process was too busy to listen counts as one slice. */
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
