/**
 * One request for admission by GCRA, decided whole inside Redis (5 or later) by Redis' own clock.
 * The value of a key is when its next admission is due at a steady rate.
 *
 * KEYS: that key; a hash to read a field of, if any.
 * ARGV: the interval, the burst and the limit; the field; for tests the time in ms, otherwise Redis'
 * clock tells it. Reply: 1 or 0; when the next one is due; now; the field. Times in microseconds.
 */
export const paceScript = `
local interval, burst, limit = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local at = (tonumber(ARGV[5]) or 0) * 1000
if at == 0 then
  local time = redis.call('TIME')
  at = time[1] * 1000000 + time[2]
end
local companion = KEYS[2] and redis.call('HGET', KEYS[2], ARGV[4])

local due = tonumber(redis.call('GET', KEYS[1]) or at)
local function save()
  -- A second more than needed: Redis expires keys by another reading of its clock.
  local ttl = math.ceil((due - at) / 1000) + 1000
  redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', ttl)
end

-- Further ahead only when the clock was set back: nobody shall wait for the old time.
local furthest = at + limit * interval
if due > furthest then
  due = furthest
  save()
end
if at < due - (burst - 1) * interval then return {0, due, at, companion} end

due = math.max(due, at) + interval
save()
return {1, due, at, companion}
`;
