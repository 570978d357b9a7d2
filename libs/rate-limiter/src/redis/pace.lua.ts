/**
 * Decides about one admission by GCRA; for `turnScript`. The value of a key is when its next admission
 * is due at a steady rate. Returns 1 or 0; when the next one is due; now. Times in microseconds.
 */
export const paceScript = `
local function decide(at, key, limit, interval, burst)
  local due = tonumber(redis.call('GET', key) or at)
  local function save()
    -- A second more than needed: Redis expires keys by another reading of its clock.
    local ttl = math.ceil((due - at) / 1000) + 1000
    redis.call('SET', key, string.format('%.0f', due), 'PX', ttl)
  end

  -- Further ahead only when the clock was set back: nobody shall wait for the old time.
  local furthest = at + limit * interval
  if due > furthest then
    due = furthest
    save()
  end
  if at < due - (burst - 1) * interval then return {0, due, at} end

  due = math.max(due, at) + interval
  save()
  return {1, due, at}
end
`;
