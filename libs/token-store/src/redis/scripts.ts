/**
 * The scripts that write, each of one key. A script runs whole or not at all, so that a record is never
 * half there; and one that is sent again after its answer was lost finds its own `sealed` and says so.
 */
export const scripts = {
  /** ARGV: the text of `sealed`, then further fields and values by turns. */
  insert: `
local sealed = redis.call('HGET', KEYS[1], 'sealed')
if sealed == ARGV[1] then return 1 end
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'sealed', unpack(ARGV))
return 1`,

  /** ARGV: the version to replace, then as for insert. */
  replace: `
local before = redis.call('HMGET', KEYS[1], 'version', 'sealed')
if before[2] == ARGV[2] then return 1 end
if before[1] ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'sealed', unpack(ARGV, 2))
return 1`,

  /** ARGV: the time. */
  touch: `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'lastUsedAt', ARGV[1])
return 1`,

  remove: `
return redis.call('DEL', KEYS[1])`,

  /** ARGV: the text of `sealed` as it was inserted; nobody else's record is touched. */
  undoInsert: `
if redis.call('HGET', KEYS[1], 'sealed') ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`,

  /** ARGV: the text. */
  setText: `
redis.call('SET', KEYS[1], ARGV[1])
return 1`,
} as const;
