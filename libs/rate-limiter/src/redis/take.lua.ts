import type { WindowTicks } from "../window-ticks.ts";

/**
 * One request for admission, decided whole inside Redis (5 or later) by Redis' own clock.
 *
 * The value of a key is when it was last admitted (a double, in ticks), and a stamp of 16 bits for
 * every admission that may still count, the oldest first. Only the distances between stamps mean
 * something: the last one stands for that time. A stamp counts until its age exceeds the window.
 *
 * KEYS: that key; a hash to read a field of, if any.
 * ARGV: the limit; the field, if any; for tests the time in ms, otherwise Redis' clock tells it.
 * Reply: how many more are admitted, or -1 for a denial; when that next rises (ms); now (ms); the field.
 */
export function takeScript({ window, tickMs }: WindowTicks): string {
  return `
local window, tick, limit, ms = ${window}, ${tickMs}, tonumber(ARGV[1]), tonumber(ARGV[3])
if not ms then
  local time = redis.call('TIME')
  ms = time[1] * 1000 + math.floor(time[2] / 1000)
end
local companion = KEYS[2] and redis.call('HGET', KEYS[2], ARGV[2])

local now = math.floor(ms / tick)
local log = redis.call('GET', KEYS[1])
local first, last, gap = 9, 0, 0
if log then
  local at = struct.unpack('<d', log)
  last = struct.unpack('<H', log, #log - 1)
  -- A clock set back takes the log along: no stamp leaves early, none stays until the old time.
  if now < at then redis.call('SETRANGE', KEYS[1], 0, struct.pack('<d', now)) else gap = now - at end
  if gap > window then first = #log + 1 end
  while first < #log and (last - struct.unpack('<H', log, first)) % 65536 + gap > window do
    first = first + 2
  end
else
  log = string.rep(' ', 8) -- a time, and no stamp
end

local length = (#log + 1 - first) / 2
local function freedAt(nth)
  local age = (last - struct.unpack('<H', log, first + 2 * nth)) % 65536 + gap
  return (now - age + window + 1) * tick
end
if length >= limit then return {-1, freedAt(length - limit), ms, companion} end

local stamp = struct.pack('<H', (last + gap) % 65536)
-- A second more than needed: Redis expires keys by another reading of its clock.
local ttl = (window + 1) * tick + 1000
redis.call('SET', KEYS[1], struct.pack('<d', now) .. string.sub(log, first) .. stamp, 'PX', ttl)
local resetAt = length == 0 and (now + window + 1) * tick or freedAt(0)
return {limit - length - 1, resetAt, ms, companion}
`;
}
