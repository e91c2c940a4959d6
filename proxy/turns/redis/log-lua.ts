/** Lua scripts by which instances share turns; each runs as one step. */
import type { Script } from "../../redis/redis.ts";

/**
 * Keys, all with one hash tag (KEYS[1] is the prefix): `turn:<id>` the record, `events:<id>` the stream whose entry n-0
 * is event n, `alias:<key>` a turn's further key, `talking:<conversation>` its running turn, `turns:<conversation>` all
 * of its turns, `memory:<conversation>` its state between turns, `instance:<name>` the lease of a writing instance.
 * Channels: `to:<id>` a turn's readers elsewhere, `instance:<name>` its writer, `all` every instance.
 */
const named = `
local P = KEYS[1]
local function turnKey(id) return P .. ':turn:' .. id end
local function eventsKey(id) return P .. ':events:' .. id end
local function idOf(key) return redis.call('GET', P .. ':alias:' .. key) or key end
-- Life is that of a turn which is written, keep that of one which has ended: its names outlast both.
local function note(id, key, conversation, life, keep)
  life = life + keep
  if key ~= id then redis.call('SET', P .. ':alias:' .. key, id, 'PX', life) end
  if conversation == '' then return end
  redis.call('SET', P .. ':talking:' .. conversation, id, 'PX', life)
  redis.call('SADD', P .. ':turns:' .. conversation, id, key)
  redis.call('PEXPIRE', P .. ':turns:' .. conversation, life)
end
local function finish(id, conversation, isUntouched)
  redis.call('HSET', turnKey(id), 'state', 'ended', 'untouched', isUntouched and '1' or '0')
  if conversation ~= '' and redis.call('GET', P .. ':talking:' .. conversation) == id then
    redis.call('DEL', P .. ':talking:' .. conversation)
  end
end
local function isForgotten(conversation)
  return conversation ~= '' and redis.call('HGET', P .. ':memory:' .. conversation, 'forgotten') == '1'
end
`;

export const script = (name: string, text: string): Script => ({ name: `turn ${name}`, text: named + text });

/**
 * key, prompt, conversation, instance, attemptId, life, keep, digest, '1' when the key alone grants access → [what, id]
 *
 * Digests are keyed, so that the time of a comparison reveals nothing of the secret. A turn that was asked without a
 * secret and never accepted may be asked again by anyone: there is nothing to read.
 */
export const claim = script(
  "claim",
  `
local key, prompt, conversation, instance, attemptId, life, keep, digest, isLetIn = unpack(ARGV)
local id = idOf(key)
local known = redis.call('HMGET', turnKey(id), 'prompt', 'state', 'untouched', 'count', 'owner', 'conversation', 'digest')
if known[1] and not isForgotten(known[6] or '') then
  local its = known[7] or ''
  -- A claim of this very instance that it never heard the answer to has begun nothing.
  local isLoose = known[2] == 'running' and known[4] == '0' and known[5] == instance
  local isUnasked = known[3] == '1' or isLoose
  local isTheirs = isLetIn == '1' or (its ~= '' and its == digest) or (its == '' and isUnasked)
  if not isTheirs then return {'not-theirs', id} end
  if known[1] ~= prompt then return {'other-question', id} end
  if not isUnasked then return {'known', id} end
end
if isForgotten(conversation) then return {'forgotten', id} end
if conversation ~= '' then
  local talking = redis.call('GET', P .. ':talking:' .. conversation)
  if talking and talking ~= id and redis.call('HGET', turnKey(talking), 'state') == 'running' then
    return {'busy', id}
  end
end
redis.call('DEL', turnKey(id), eventsKey(id))
redis.call('HSET', turnKey(id), 'prompt', prompt, 'state', 'running', 'count', '0', 'owner', instance, 'born', attemptId,
  'conversation', conversation, 'digest', digest)
if conversation ~= '' then
  local newest = redis.call('HGET', P .. ':memory:' .. conversation, 'newest')
  if newest then redis.call('HSET', turnKey(id), 'newer', newest) end
end
redis.call('PEXPIRE', turnKey(id), life)
note(id, key, conversation, life, keep)
return {'begun', id}
`,
);

/**
 * id, instance, attemptId, first, life, keep, end ('', 'ended' or 'untouched'), record ('' or JSON), event… → [what, top, stop]
 *
 * Known events are skipped, so that an append whose reply was lost can be sent again. The record is included when
 * Redis may not know it: with a new conversation, and after Redis was away.
 */
export const append = script(
  "append",
  `
local id, instance, attemptId, first, life, keep, ending, record = unpack(ARGV, 1, 8)
local turn = turnKey(id)
local known = redis.call('HMGET', turn, 'owner', 'born', 'count', 'stop')
if known[1] and (known[1] ~= instance or known[2] ~= attemptId) then return {'lost', 0, 0} end
if not known[1] and record == '' then return {'gone', 0, 0} end
if record ~= '' then
  local told = cjson.decode(record)
  if isForgotten(told.conversation) then return {'forgotten', 0, 0} end
  redis.call('HSET', turn, 'prompt', told.prompt, 'owner', instance, 'born', attemptId, 'conversation', told.conversation,
    'digest', told.digest)
  if not known[1] then redis.call('HSET', turn, 'state', 'running', 'count', '0') end
  if told.newer ~= '' then redis.call('HSET', turn, 'newer', told.newer) end
  for _, key in ipairs(told.keys) do note(id, key, told.conversation, life, keep) end
end
local top = tonumber(known[3] or '0')
local begin = tonumber(first)
if begin > top + 1 then return {'missing', top, 0} end
local message = {begin}
for place = 9, #ARGV do
  local number = begin + place - 9
  if number > top then
    redis.call('XADD', eventsKey(id), number .. '-0', 'e', ARGV[place])
    top = number
  end
  message[#message + 1] = ARGV[place]
end
redis.call('HSET', turn, 'count', top)
if ending ~= '' then
  finish(id, redis.call('HGET', turn, 'conversation'), ending == 'untouched')
  life = keep
end
redis.call('PEXPIRE', turn, life)
redis.call('PEXPIRE', eventsKey(id), life)
if #message > 1 then redis.call('PUBLISH', P .. ':to:' .. id, 'events\\30' .. table.concat(message, '\\30')) end
return {'saved', top, known[4] == '1' and 1 or 0}
`,
);

/** key, after → [id, prompt, digest, conversation, newer, state, owner, attemptId, is its owner running, stop, event…]; nothing when there is none */
export const read = script(
  "look",
  `
local id = idOf(ARGV[1])
local turn = turnKey(id)
local known = redis.call('HMGET', turn, 'prompt', 'conversation', 'newer', 'state', 'owner', 'born', 'stop', 'digest')
if not known[1] or isForgotten(known[2] or '') then return false end
local alive = known[5] ~= '' and redis.call('EXISTS', P .. ':instance:' .. known[5]) or 0
local found = {id, known[1], known[8] or '', known[2] or '', known[3] or '', known[4], known[5], known[6], alive, known[7] == '1' and 1 or 0}
for _, entry in ipairs(redis.call('XRANGE', eventsKey(id), (tonumber(ARGV[2]) + 1) .. '-0', '+')) do
  found[#found + 1] = entry[2][2]
end
return found
`,
);
