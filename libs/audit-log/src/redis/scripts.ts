/** The scripts, each of two keys on one slot: the head and the stream. */
export const scripts = {
  /**
   * ARGV: the head that is expected (or nothing), the new one, then the id and text of each line by turns.
   * A batch that is sent again after its answer was lost finds its own first line and says so. -1: the head
   * is not that of another; -2: the stream goes on behind the head. Else the length of the stream.
   */
  append: `
local function isHere()
  if redis.call('GET', KEYS[1]) == ARGV[2] then return true end
  if not ARGV[3] then return false end
  local found = redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3])
  return found[1] and found[1][2][2] == ARGV[4]
end
if isHere() then return redis.call('XLEN', KEYS[2]) end
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return -1 end
for i = 3, #ARGV, 2 do
  local added = redis.pcall('XADD', KEYS[2], ARGV[i], 'record', ARGV[i + 1])
  if type(added) == 'table' and added.err then
    if i == 3 and string.find(added.err, 'equal or smaller', 1, true) then return -2 end
    return added
  end
end
redis.call('SET', KEYS[1], ARGV[2])
return redis.call('XLEN', KEYS[2])`,

  /** Answers the head and the texts behind it; the head of an empty log is empty. */
  load: `
local head = redis.call('GET', KEYS[1]) or ''
local seq = string.match(head, '"seq":(%d+)')
local texts = {}
if seq then
  for _, entry in ipairs(redis.call('XRANGE', KEYS[2], (seq + 1) .. '-0', '+', 'COUNT', 1000)) do
    texts[#texts + 1] = entry[2][2]
  end
end
return {head, texts}`,
} as const;
