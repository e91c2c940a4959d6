/** Store of turns: in this process, or shared through Redis. */
import { errorOutline } from "./http/safe-error.ts";
import { LocalConversations } from "./turns/memory-conversations.ts";
import { createTurnLog } from "./turns/redis/turn-log.ts";
import { LocalTurns } from "./turns/memory-turns.ts";
import { createSharedConversations } from "./turns/redis/redis-conversations.ts";
import { createSharedTurns, type Orphan } from "./turns/redis/redis-turns.ts";
import { TurnStore } from "./turns/turn-store.ts";
import type { DepsOptions } from "./deps.ts";
import type { ProxyDeps } from "./deps.ts";

/** Seconds beyond the maximum duration of an answer after which a turn without a writer is dropped. */
const spare = 300;
const label = "turn's beginning";

export function createTurns(
  options: DepsOptions,
  { sealer }: Pick<ProxyDeps, "sealer">,
  recover: (orphan: Orphan) => void,
): Pick<ProxyDeps, "turns" | "conversations"> {
  const { settings, schedule, randomBytes, log, redis = null } = options;
  const keep = settings.turnKeepSeconds * 1000;
  const maxBytes = settings.turnsKeptMegabytes * 1_000_000;
  const store = new TurnStore({ max: settings.turnsKept, maxBytes, keep, schedule });
  const remembered = new LocalConversations();
  const local = new LocalTurns(store, remembered);
  if (!redis) return { turns: local, conversations: remembered };

  const instance = Buffer.from(randomBytes(12)).toString("base64url");
  const life = (settings.upstreamTotalSeconds + spare) * 1000;
  const turnLog = createTurnLog({ redis, instance, life, keep });
  const report = (error: unknown) => log.error(errorOutline(error), "a turn could not be shared");
  const turns = createSharedTurns({
    redis,
    turnLog,
    local,
    store,
    whenAway: settings.redisAway,
    seal: { seal: (text) => sealer.seal(label, text), open: (sealed) => sealer.open(label, sealed) },
    schedule,
    recover,
    report,
  });
  return { turns, conversations: createSharedConversations(turnLog, remembered, report) };
}
