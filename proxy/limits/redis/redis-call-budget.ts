/** Budget of calls of all instances, counted in Redis; while Redis is away, each instance counts a quarter. */
import * as v from "valibot";
import { RedisAway, type Redis, type Script } from "../../redis/redis.ts";
import { callSpan, capsOf, createCallBudget, type CallBudget, type CallLimit } from "../call-budget.ts";
import { scriptFunctions } from "./shared-lua.ts";

export type RedisCallBudgetOptions = {
  limit: CallLimit;
  redis: Redis;
  /** Milliseconds since 1970; Redis' own clock counts while it is here. */
  clock: () => number;
  /** Keyed, the same on all instances; see `createKeyHash`. */
  hash: (text: string) => string;
};

/**
 * KEYS: one for each cap. ARGV: milliseconds of the span, calls, 1 when nothing may refuse them, and each cap.
 * Answers the milliseconds until they would fit; 0 when they were taken.
 */
const takeCallsScript: Script = {
  name: "take calls",
  text: `${scriptFunctions}
local span, calls = tonumber(ARGV[1]), tonumber(ARGV[2])
local windows, wait = {}, 0
for at, key in ipairs(KEYS) do
  local groups, max = groupsOf(key, span), tonumber(ARGV[3 + at])
  windows[at] = groups
  local count = calls
  for _, group in ipairs(groups) do count = count + group[2] end
  for _, group in ipairs(groups) do
    if count <= max then break end
    count = count - group[2]
    if count <= max then wait = math.max(wait, group[1] + span - now) end
  end
end
if wait > 0 and ARGV[3] ~= '1' then return wait end
for at, key in ipairs(KEYS) do
  local groups = windows[at]
  local group = groups[#groups]
  if group and placeOf(now, span) <= placeOf(group[1], span) then
    group[1], group[2] = math.max(group[1], now), group[2] + calls
  else
    groups[#groups + 1] = { now, calls }
  end
  keep(key, groups, span)
end
return 0
`,
};

const prefix = "{customgpt-widget}limits:calls:";

export function createRedisCallBudget(options: RedisCallBudgetOptions): CallBudget {
  const { limit, redis, clock, hash } = options;
  const ofAlone = { ...limit, max: Math.max(2, Math.floor(limit.max / 4)) };
  const alone = createCallBudget(ofAlone, clock);
  return {
    async take(use) {
      if (!redis.isHere) return alone.take(use);
      const caps = capsOf(limit, use);
      if (caps.length === 0) return 0;
      const keys = caps.map(({ key }) => prefix + (key.includes(" ") ? hash(`calls ${key}`) : key));
      const values = [callSpan * 1000, use.calls, use.part === "own" ? 1 : 0, ...caps.map(({ max }) => max)];
      try {
        return v.parse(v.number(), await redis.run(takeCallsScript, keys, values));
      } catch (error) {
        if (!(error instanceof RedisAway)) throw error;
        return alone.take(use);
      }
    },
  };
}
