/** Lua scripts that decide and book in one step inside Redis (Redis or Valkey, from version 5). */
import type { Script } from "../../redis/redis.ts";
import { scriptFunctions } from "./shared-lua.ts";

/**
 * KEYS: budget, one for each rate, one for each stream cap (the first is all together).
 * ARGV: lease, its milliseconds, 4 months, 5 of what is known, budget of the day, of the month (-1: none), number of
 * rates, maximum and span of each rate, the stream caps. Answers: 1 when booked, milliseconds until the budget and until the
 * rates would let it pass, 1 when there are too many streams; then what is spent.
 */
export const admitScript: Script = {
  name: "admit",
  text: `${scriptFunctions}
local lease, leaseLength = ARGV[1], tonumber(ARGV[2])
local rates = tonumber(ARGV[14])
local budgetWait, rateWait, full = 0, 0, 0

countOn(lease)
local dayField, monthField, nextDay, nextMonth = fieldsAt(now, 3)
local function isSpent(cap, field)
  return cap >= 0 and tonumber(redis.call('HGET', KEYS[1], field) or '0') >= cap
end
if isSpent(tonumber(ARGV[12]), dayField) then budgetWait = nextDay - now end
if isSpent(tonumber(ARGV[13]), monthField) then budgetWait = nextMonth - now end

local windows = {}
for rate = 1, rates do
  local max, span = tonumber(ARGV[13 + 2 * rate]), tonumber(ARGV[14 + 2 * rate])
  local groups = groupsOf(KEYS[1 + rate], span)
  windows[rate] = groups
  local count = 1
  for _, group in ipairs(groups) do count = count + group[2] end
  for _, group in ipairs(groups) do
    if count <= max then break end
    count = count - group[2]
    if count <= max then rateWait = math.max(rateWait, group[1] + span - now) end
  end
end

for at = 2 + rates, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[at], '-inf', text(now))
  if redis.call('ZCARD', KEYS[at]) >= tonumber(ARGV[13 + rates + at]) then full = 1 end
end

if budgetWait > 0 or rateWait > 0 or full == 1 then
  return { 0, budgetWait, rateWait, full, spentNow() }
end

for rate = 1, rates do
  local span, groups = tonumber(ARGV[14 + 2 * rate]), windows[rate]
  local group = groups[#groups]
  if group and placeOf(now, span) <= placeOf(group[1], span) then
    group[1], group[2] = math.max(group[1], now), group[2] + 1
  else
    groups[#groups + 1] = { now, 1 }
  end
  keep(KEYS[1 + rate], groups, span)
end
for at = 2 + rates, #KEYS do
  redis.call('ZADD', KEYS[at], text(now + leaseLength), lease)
  redis.call('PEXPIRE', KEYS[at], leaseLength)
end
local isNewDay = redis.call('HEXISTS', KEYS[1], dayField) == 0
spend(KEYS[1], now, 3, 1)
if isNewDay then
  for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
    local kind, number = string.match(field, '^(%a+):(%d+)$')
    local oldest = kind == 'day' and math.floor(now / dayLength) - 1 or tonumber(ARGV[3])
    if number and tonumber(number) < oldest then redis.call('HDEL', KEYS[1], field) end
  end
end
return { 1, 0, 0, 0, spentNow() }
`,
};

/**
 * KEYS: budget, one for each stream cap (the first is all together). ARGV: lease, its milliseconds, 4 months, 1 to refund
 * the query (0: it was spent). Rates are never given back. Works once: a lease that is no longer held has ended or run
 * out, and its query stays spent. Answers 1 or 0.
 */
export const giveBackScript: Script = {
  name: "give back",
  text: `${scriptFunctions}
local lease, leaseLength = ARGV[1], tonumber(ARGV[2])
local ends = tonumber(redis.call('ZSCORE', KEYS[2], lease) or '0')
for at = 2, #KEYS do redis.call('ZREM', KEYS[at], lease) end
if ends <= now then return 0 end
if ARGV[7] == '1' then spend(KEYS[1], ends - leaseLength, 3, -1) end
return 1
`,
};

/**
 * Books queries that were admitted while Redis was away; the same batch only once. KEYS: budget, the batch's mark.
 * ARGV: queries (less than 0 gives back), a time in their day, 4 months, 5 known counts, a mark.
 */
export const bookScript: Script = {
  name: "book",
  text: `${scriptFunctions}
if not redis.call('SET', KEYS[2], '1', 'NX', 'PX', dayLength) then return 0 end
countOn(ARGV[12])
spend(KEYS[1], tonumber(ARGV[2]), 3, tonumber(ARGV[1]))
return 1
`,
};

/** KEYS: budget. ARGV: a mark, one unused, 4 months, 5 known counts. Answers the counts. */
export const spentScript: Script = {
  name: "spent",
  text: `${scriptFunctions}
countOn(ARGV[1])
return { spentNow() }
`,
};
