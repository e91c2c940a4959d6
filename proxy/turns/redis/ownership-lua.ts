/** Lua scripts of ownership: take, hand over, stop and forget turns, renew an instance's lease. */
import { script } from "./log-lua.ts";

/** id, attemptId, instance, from → 1 when the turn is now this instance's */
export const take = script(
  "take over",
  `
local id, attemptId, instance, from = unpack(ARGV)
local known = redis.call('HMGET', turnKey(id), 'owner', 'born', 'state')
if known[1] ~= from or known[2] ~= attemptId or known[3] ~= 'running' then return 0 end
if from ~= '' and redis.call('EXISTS', P .. ':instance:' .. from) == 1 then return 0 end
redis.call('HSET', turnKey(id), 'owner', instance)
return 1
`,
);

/** id, attemptId, instance → 1 when any instance may take the turn over now */
export const handOver = script(
  "hand over",
  `
local id, attemptId, instance = unpack(ARGV)
local known = redis.call('HMGET', turnKey(id), 'owner', 'born', 'state')
if known[1] ~= instance or known[2] ~= attemptId or known[3] ~= 'running' then return 0 end
redis.call('HSET', turnKey(id), 'owner', '')
redis.call('PUBLISH', P .. ':to:' .. id, 'look')
return 1
`,
);

/**
 * key, instance, attemptId, keep, untouched ('1' or '0'), event → ends, with this event, a turn that this instance no longer
 * writes; also one that it claimed under this key without receiving the reply. Does nothing to any other.
 */
export const giveUp = script(
  "give up",
  `
local key, instance, attemptId, keep, untouched, event = unpack(ARGV)
local id = idOf(key)
local turn = turnKey(id)
local known = redis.call('HMGET', turn, 'owner', 'state', 'born', 'count', 'conversation')
if known[1] ~= instance or known[2] ~= 'running' then return end
local function numberOf(name)
  return string.sub(name, 1, #instance + 1) == instance .. '.' and tonumber(string.sub(name, #instance + 2))
end
local older, newer = numberOf(known[3]), numberOf(attemptId)
if known[3] ~= attemptId and not (known[4] == '0' and older and newer and older < newer) then return end
local number = tonumber(known[4]) + 1
redis.call('XADD', eventsKey(id), number .. '-0', 'e', event)
redis.call('HSET', turn, 'count', number)
finish(id, known[5] or '', untouched == '1')
redis.call('PEXPIRE', turn, keep)
redis.call('PEXPIRE', eventsKey(id), keep)
redis.call('PUBLISH', P .. ':to:' .. id, 'events\\30' .. number .. '\\30' .. event)
`,
);

/**
 * key → 0 when there is none, else 1: it has ended, or its writer was notified and will also find the stop in its
 * record
 */
export const stop = script(
  "stop",
  `
local id = idOf(ARGV[1])
local known = redis.call('HMGET', turnKey(id), 'state', 'owner', 'conversation')
if not known[1] or isForgotten(known[3] or '') then return 0 end
if known[1] == 'running' then
  redis.call('HSET', turnKey(id), 'stop', '1')
  redis.call('PUBLISH', P .. ':instance:' .. known[2], 'stop\\30' .. id)
end
return 1
`,
);

/** conversation → drops all of its turns; their writers stop */
export const forget = script(
  "forget",
  `
local conversation = ARGV[1]
for _, id in ipairs(redis.call('SMEMBERS', P .. ':turns:' .. conversation)) do
  redis.call('DEL', turnKey(id), eventsKey(id), P .. ':alias:' .. id)
end
redis.call('DEL', P .. ':turns:' .. conversation, P .. ':talking:' .. conversation)
redis.call('PUBLISH', P .. ':all', 'forget\\30' .. conversation)
`,
);

/** instance, life: the instance lives for as many milliseconds more; 0 ends its lease → 1 when it had one, else 0 */
export const beat = script(
  "beat",
  `
if ARGV[2] == '0' then return redis.call('DEL', P .. ':instance:' .. ARGV[1]) end
local lived = redis.call('EXISTS', P .. ':instance:' .. ARGV[1])
redis.call('SET', P .. ':instance:' .. ARGV[1], '1', 'PX', ARGV[2])
return lived
`,
);

/** conversation, life, newest ('' for none), forgotten ('', '0' or '1') → [newest or nil, forgotten or nil] */
export const memory = script(
  "memory",
  `
local conversation, life, newest, forgotten = unpack(ARGV)
local key = P .. ':memory:' .. conversation
if forgotten == '1' then redis.call('HSET', key, 'forgotten', '1') redis.call('HDEL', key, 'newest') end
if forgotten == '0' then redis.call('HDEL', key, 'forgotten') end
if newest ~= '' and tonumber(newest) > tonumber(redis.call('HGET', key, 'newest') or '-1') then
  redis.call('HSET', key, 'newest', newest)
end
if newest ~= '' or forgotten ~= '' then redis.call('PEXPIRE', key, life) end
return redis.call('HMGET', key, 'newest', 'forgotten')
`,
);
