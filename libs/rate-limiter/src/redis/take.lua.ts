import type { WindowTicks } from "../window-ticks.ts";

/**
 * Decides about one admission by an exact log; for `turnScript`.
 *
 * The value of a key is when it was last admitted (a double, in ticks), and a stamp of 16 bits for
 * every admission that may still count, the oldest first. Only the distances between stamps mean
 * something: the last one stands for that time. A stamp counts until its age exceeds the window.
 *
 * Returns how many more are admitted, or -1 for a denial; when that next rises (ms); now (ms).
 */
export function takeScript({ window, tickMs }: WindowTicks): string {
  return `
local window, tick = ${window}, ${tickMs}
-- A second more than needed: Redis expires keys by another reading of its clock.
local ttl = (window + 1) * tick + 1000
local function decide(at, key, limit)
  local ms = math.floor(at / 1000)
  local now = math.floor(ms / tick)
  local log = redis.call('GET', key)
  local first, last, gap = 9, 0, 0
  if log then
    local newest = struct.unpack('<d', log)
    last = struct.unpack('<H', log, #log - 1)
    -- A clock set back takes the log along: no stamp leaves early, none stays until the old time.
    if now < newest then
      redis.call('SETRANGE', key, 0, struct.pack('<d', now))
    else
      gap = now - newest
    end
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
  if length >= limit then return {-1, freedAt(length - limit), ms} end

  local stamp = struct.pack('<H', (last + gap) % 65536)
  redis.call('SET', key, struct.pack('<d', now) .. string.sub(log, first) .. stamp, 'PX', ttl)
  return {limit - length - 1, length == 0 and (now + window + 1) * tick or freedAt(0), ms}
end
`;
}
