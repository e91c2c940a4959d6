/** Conversation state between turns, shared by all instances; while Redis is away, what this instance knows. */
import { RedisAway } from "../../redis/redis.ts";
import type { LocalConversations } from "../memory-conversations.ts";
import type { TurnLog } from "./turn-log.ts";
import type { Conversations } from "../types.ts";

/** `report` receives errors of Redis; that Redis is away is reported elsewhere. */
export function createSharedConversations(
  turnLog: TurnLog,
  local: LocalConversations,
  report: (error: unknown) => void,
): Conversations {
  async function newestOfAll(conversation: string): Promise<number | undefined> {
    try {
      return (await turnLog.memory(conversation)).newest;
    } catch (error) {
      if (!(error instanceof RedisAway)) report(error);
      return undefined;
    }
  }

  return {
    async newest(conversation) {
      const own = local.newest(conversation);
      const newest = await newestOfAll(conversation);
      return newest === undefined ? own : Math.max(newest, own ?? newest);
    },
    async noteMessage(conversation, message) {
      local.noteMessage(conversation, message);
      await turnLog.memory(conversation, message).catch(() => {});
    },
    async isForgotten(conversation) {
      // Other instances do not announce a recall, so this instance's memory counts only while Redis is silent.
      try {
        return (await turnLog.memory(conversation)).isForgotten;
      } catch (error) {
        if (!(error instanceof RedisAway)) throw error;
        return local.isForgotten(conversation);
      }
    },
    async forget(conversation) {
      await turnLog.memory(conversation, "", "1");
      local.forget(conversation);
    },
    async recall(conversation) {
      local.recall(conversation);
      await turnLog.memory(conversation, "", "0");
    },
  };
}
