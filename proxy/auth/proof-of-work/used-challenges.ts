/** Used challenges: each counts once, across all instances where Redis is used. */
import type { Redis, Script } from "../../redis/redis.ts";

export type Spent = {
  /** True the first time, then false; false too while too many are stored to know. Never rejects. */
  spend(id: string, seconds: number): Promise<boolean>;
};

const script: Script = {
  name: "proof-spend",
  text: `if redis.call("SET", KEYS[1], "1", "NX", "EX", ARGV[1]) then return 1 end return 0`,
};

/** While Redis is away each instance counts for itself; a solution could then be used once at each. */
export function createSpent(redis: Redis | null, clock: () => number, max = 100_000): Spent {
  /** Oldest first, since all live equally long. */
  const ends = new Map<string, number>();

  function dropEnded(): void {
    for (const [id, end] of ends) {
      if (end > clock()) return;
      ends.delete(id);
    }
  }

  return {
    async spend(id, seconds) {
      dropEnded();
      if (ends.has(id) || ends.size >= max) return false;
      ends.set(id, clock() + seconds * 1000);
      if (!redis) return true;
      try {
        return (await redis.run(script, [`customgpt:proof:${id}`], [seconds])) === 1;
      } catch {
        return true;
      }
    },
  };
}
