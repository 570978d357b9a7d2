/**
 * Answers many questions in one call, each decided whole and one after the other, by Redis' own clock
 * (Redis 5 or later). `decide` is Lua that defines
 * `decide(at, key, a, b, c)`: the time in microseconds, the key, and three numbers. It returns three
 * numbers, to which what the companion field holds is added.
 *
 * KEYS: for each question its key, and the hash of its companion (the key again if there is none).
 * ARGV: for tests the time in ms, else empty; then for each question the three numbers, and the field.
 */
export function turnScript(decide: string): string {
  return `
${decide}
local told = tonumber(ARGV[1])
local time = told and {0, told * 1000} or redis.call('TIME')
local at = time[1] * 1000000 + time[2]
local replies = {}
for turn = 1, #KEYS / 2 do
  local arg = 4 * turn - 2
  local companion = ARGV[arg + 3] ~= '' and redis.pcall('HGET', KEYS[2 * turn], ARGV[arg + 3])
  -- What is no hash has no field, and is no reason to fail the others.
  if type(companion) == 'table' then companion = false end
  local reply = decide(at, KEYS[2 * turn - 1], tonumber(ARGV[arg]), tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2]))
  reply[4] = companion
  replies[turn] = reply
end
return replies
`;
}
