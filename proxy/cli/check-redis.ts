/** Check that Redis is reachable, recent enough, near, and evicts nothing. */
import { connectRedis } from "../redis/connect-redis.ts";
import { RedisAway, type Redis, type Script } from "../redis/redis.ts";
import { ok, problem, warning, type Finding } from "./finding.ts";

const info: Script = { name: "info", text: "return redis.call('INFO', ARGV[1])" };
const write: Script = {
  name: "write",
  text: "redis.call('SET', KEYS[1], '1', 'PX', 1000) redis.call('DEL', KEYS[1]) return 1",
};

/** Streams came with version 5. */
const oldestVersion = 5;
/** Milliseconds beyond which each question would feel it. */
const farAway = 20;
const tries = 11;

export async function checkRedis(url: string): Promise<Finding[]> {
  const redis = await connectRedis({ url, patienceMs: 2000 });
  try {
    return await inspect(redis);
  } catch (error) {
    if (!(error instanceof RedisAway))
      return [
        problem(
          "redis",
          "Redis answers, but does not let the proxy run its scripts.",
          "Let REDIS_URL's user run EVAL, SCRIPT, INFO, and read and write keys.",
        ),
      ];
    return [
      problem(
        "redis",
        "Redis does not answer at REDIS_URL, or refuses its user and password.",
        "Look whether it runs, whether this machine may reach it, and whether the address needs rediss:// for TLS.",
      ),
    ];
  } finally {
    await redis.close();
  }
}

async function inspect(redis: Redis): Promise<Finding[]> {
  await redis.run(write, ["{customgpt-widget}:check-setup"], []);
  const about = String(await redis.run(info, [], ["everything"]));
  const value = (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(about)?.[1];
  return [version(value("redis_version")), eviction(value("maxmemory_policy")), await distance(redis)];
}

function version(told: string | undefined): Finding {
  if (told !== undefined && Number.parseInt(told) < oldestVersion)
    return problem("redis", `Redis is of version ${told}.`, `Use version ${oldestVersion} or newer.`);
  return ok("redis", `Redis ${told ?? "of an unknown version"} answers and can be written to.`);
}

function eviction(policy: string | undefined): Finding {
  if (policy === undefined || policy === "noeviction")
    return ok("redis memory", "Redis forgets nothing when its memory is full.");
  return warning(
    "redis memory",
    `Redis drops keys when its memory is full (${policy}): budgets and limits could be forgotten.`,
    "Set its maxmemory-policy to noeviction.",
  );
}

async function distance(redis: Redis): Promise<Finding> {
  const times: number[] = [];
  for (let number = 0; number < tries; number++) {
    const begun = performance.now();
    await redis.run(info, [], ["server"]);
    times.push(performance.now() - begun);
  }
  const median = times.sort((one, other) => one - other)[(tries - 1) / 2] ?? 0;
  const summary = `Redis answers within ${median.toFixed(1)} ms.`;
  return median > farAway
    ? warning("redis distance", summary, "Run it nearer to the proxy: every question waits for it.")
    : ok("redis distance", summary);
}
