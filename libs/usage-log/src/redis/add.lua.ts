/**
 * Adds a batch to a day, unless it is in it already.
 *
 * KEYS: the last sequence of its writer, and the hash of the day, whose fields are subjects and whose values
 * are four counts with blanks between them. ARGV: the sequence, the most rows of a day, seconds to keep it,
 * the field of `other`, then fields and values by turns. Everything is read before anything is written, so
 * that it happens whole or not at all.
 */
export const addScript = `
local seen, day = KEYS[1], KEYS[2]
local sequence, maxRows, ttl, other = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
if tonumber(redis.call('GET', seen) or 0) >= tonumber(sequence) then return 0 end

local sums, size = {}, redis.call('HLEN', day)
local function sumOf(field)
  if sums[field] then return sums[field] end
  local text = redis.call('HGET', day, field)
  return text and {string.match(text, '^(%d+) (%d+) (%d+) (%d+)$')}
end
for i = 5, #ARGV, 2 do
  local field = ARGV[i]
  local sum = sumOf(field)
  if not sum and size >= maxRows then
    field = other
    sum = sumOf(field)
  end
  if not sum then
    sum = {0, 0, 0, 0}
    size = size + 1
  end
  if #sum ~= 4 then return redis.error_reply('DAMAGED counts') end
  local at = 1
  for count in string.gmatch(ARGV[i + 1], '%d+') do
    sum[at] = sum[at] + count
    at = at + 1
  end
  sums[field] = sum
end

for field, sum in pairs(sums) do
  redis.call('HSET', day, field, string.format('%.0f %.0f %.0f %.0f', unpack(sum)))
end
redis.call('SET', seen, sequence, 'EX', ttl)
redis.call('EXPIRE', day, ttl)
return 1`;
