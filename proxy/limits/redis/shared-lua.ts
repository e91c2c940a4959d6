/** Lua functions that all admission scripts share: time, spending, detection of lost data, rate windows. */
import { groupsInSpan } from "../sliding-window.ts";

/**
 * Time is Redis' own: instances whose clocks differ must agree on when a minute or a day ends, or together they would
 * admit more than the limit. Only the starts of months come from the caller, as four times around now.
 *
 * `countOn`: counts with another mark than the caller knows were lost and started again, so they continue from what
 * the caller knows (ARGV 7 to 11: mark, the day's field and count, the month's field and count).
 */
export const scriptFunctions = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local dayLength = 86400000
local function text(number) return string.format('%.0f', number) end

local function monthAt(moment, first)
  for place = first, first + 2 do
    local from, to = tonumber(ARGV[place]), tonumber(ARGV[place + 1])
    if moment >= from and moment < to then return from, to end
  end
  return error('the clocks of this proxy and of Redis are more than a month apart')
end

local function fieldsAt(moment, first)
  local month, nextMonth = monthAt(moment, first)
  local day = math.floor(moment / dayLength)
  return 'day:' .. text(day), 'month:' .. text(month), (day + 1) * dayLength, nextMonth
end

local function spend(key, moment, first, queries)
  local day, month = fieldsAt(moment, first)
  for _, field in ipairs({ day, month }) do
    if queries > 0 or redis.call('HEXISTS', key, field) == 1 then
      if redis.call('HINCRBY', key, field, queries) < 0 then redis.call('HSET', key, field, 0) end
    end
  end
  redis.call('PEXPIRE', key, 70 * dayLength)
end

local function spentNow()
  local day, month = fieldsAt(now, 3)
  local function count(field) return tonumber(redis.call('HGET', KEYS[1], field) or '0') end
  return redis.call('HGET', KEYS[1], 'mark'), day, count(day), month, count(month)
end

local function countOn(mark)
  local born = redis.call('HGET', KEYS[1], 'mark')
  if born and (ARGV[7] == '' or born == ARGV[7]) then return end
  if not born then
    redis.call('HSET', KEYS[1], 'mark', mark)
    redis.call('PEXPIRE', KEYS[1], 70 * dayLength)
  end
  if ARGV[7] == '' then return end
  for at = 8, 10, 2 do
    local known = tonumber(ARGV[at + 1])
    if known > tonumber(redis.call('HGET', KEYS[1], ARGV[at]) or '0') then
      redis.call('HSET', KEYS[1], ARGV[at], text(known))
    end
  end
end

local function groupsOf(key, span)
  local groups = {}
  for last, count in string.gmatch(redis.call('GET', key) or '', '(%d+) (%d+)') do
    if tonumber(last) + span > now then groups[#groups + 1] = { tonumber(last), tonumber(count) } end
  end
  return groups
end

local function keep(key, groups, span)
  local parts = {}
  for _, group in ipairs(groups) do parts[#parts + 1] = text(group[1]) .. ' ' .. text(group[2]) end
  if #parts == 0 then redis.call('DEL', key)
  else redis.call('SET', key, table.concat(parts, ' '), 'PX', text(groups[#groups][1] + span - now)) end
end

local function placeOf(moment, span) return math.floor(moment * ${groupsInSpan} / span) end
`;
