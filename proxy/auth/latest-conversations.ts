/** Latest conversation of each person with each agent, for the person's other devices. */
import { LRUCache } from "lru-cache";
import type { Redis, Script } from "../redis/redis.ts";

export type IdentityMemory = {
  /** The conversation's sealed id; null when none is known. Never rejects. */
  latest(person: string, agent: string): Promise<string | null>;
  /** Notes a conversation a person began. Never rejects. */
  note(person: string, agent: string, conversation: string): Promise<void>;
  /** Deletes the entry if the conversation is still the latest one. Never rejects. */
  forget(person: string, agent: string, conversation: string): Promise<void>;
};

/** Lifetime of an entry in seconds. */
const thirtyDays = 30 * 24 * 60 * 60;
/** Maximum of entries in this process. */
const defaultMax = 50_000;

const get: Script = { name: "person-latest", text: `return redis.call("GET", KEYS[1])` };
const put: Script = {
  name: "person-note",
  text: `return redis.call("SET", KEYS[1], ARGV[1], "EX", ARGV[2])`,
};
const drop: Script = {
  name: "person-forget",
  text: `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`,
};

/**
 * Stored in Redis, if used, and in this process: while Redis is away, each instance knows what it has seen. A lost
 * entry only means that a new device does not find the person's earlier conversation.
 */
export function createIdentityMemory(redis: Redis | null, max = defaultMax): IdentityMemory {
  const own = new LRUCache<string, string>({ max });
  const keyOf = (person: string, agent: string) => `customgpt:latest:${agent}:${person}`;

  async function shared(script: Script, key: string, values: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis?.run(script, [key], values);
    } catch {
      return undefined;
    }
  }

  return {
    async latest(person, agent) {
      const key = keyOf(person, agent);
      const found = await shared(get, key, []);
      if (typeof found === "string") return found;
      // Redis answers null for an unknown key, and then another instance may have deleted it.
      return found === null ? null : (own.get(key) ?? null);
    },
    async note(person, agent, conversation) {
      const key = keyOf(person, agent);
      own.set(key, conversation);
      await shared(put, key, [conversation, thirtyDays]);
    },
    async forget(person, agent, conversation) {
      const key = keyOf(person, agent);
      if (own.peek(key) === conversation) own.delete(key);
      await shared(drop, key, [conversation]);
    },
  };
}
