/** Dump of all keys and values in a Redis, for tests of what may be readable there. */
import type { Redis } from "../redis/redis.ts";

const everything = {
  name: "dump",
  text: `
local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  local kind = redis.call('TYPE', key).ok
  all[#all + 1] = key
  if redis.call('PTTL', key) < 0 then all[#all + 1] = 'lives for ever' end
  if kind == 'string' then all[#all + 1] = redis.call('GET', key) end
  if kind == 'hash' then for _, value in ipairs(redis.call('HGETALL', key)) do all[#all + 1] = value end end
  if kind == 'set' then for _, value in ipairs(redis.call('SMEMBERS', key)) do all[#all + 1] = value end end
  if kind == 'stream' then
    for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do all[#all + 1] = entry[2][2] end
  end
end
return all`,
};

/** Every key with its value, one text each. */
export async function dumpOf(redis: Redis): Promise<string[]> {
  const all = await redis.run(everything, [], []);
  return Array.isArray(all) ? all.map(String) : [];
}
