/** Tests of the state of conversations while Redis is away or refuses. */
import { expect, it } from "vitest";
import { RedisAway, type Redis } from "../../redis/redis.ts";
import { LocalConversations } from "../memory-conversations.ts";
import { createTurnLog } from "./turn-log.ts";
import { createSharedConversations } from "./redis-conversations.ts";

function failingWith(failure: Error) {
  const redis: Redis = {
    async run() {
      throw failure;
    },
    subscribe: () => () => {},
    isHere: true,
    watch: () => () => {},
    close: async () => {},
  };
  const turnLog = createTurnLog({ redis, instance: "a", life: 1000, keep: 1000 });
  const reported: unknown[] = [];
  const local = new LocalConversations();
  const shared = createSharedConversations(turnLog, local, (told) => void reported.push(told));
  return { local, shared, reported };
}

it("a Redis that answers with an error blocks no question, and is reported to the operator", async () => {
  const busy = new Error("BUSY Redis is busy running a script.");
  const { local, shared, reported } = failingWith(busy);
  local.noteMessage("c", 7);
  expect(await shared.newest("c")).toBe(7);
  expect(reported).toEqual([busy]);
});

it("a Redis that is away does the same, and is reported elsewhere", async () => {
  const { shared, reported } = failingWith(new RedisAway("away"));
  expect(await shared.newest("c")).toBeUndefined();
  expect(reported).toEqual([]);
});
