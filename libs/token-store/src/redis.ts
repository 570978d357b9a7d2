import type { Redis } from "ioredis";
import { z } from "zod";

import type { RecordStorage, StoredToken } from "./record-storage.ts";

const storedToken = z.object({
  id: z.string(),
  keyHash: z.string(),
  sealedToken: z.string(),
  userId: z.string().optional(),
  description: z.string().optional(),
  githubHost: z.string(),
  createdAt: z.coerce.number(),
  lastUsedAt: z.coerce.number().optional(),
});

/** Written as one script, so that a record is there whole or not at all. */
const insertScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1`;

const touchScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'lastUsedAt', ARGV[1]) end
return 0`;

/** Keeps sealed records in Redis, one hash each, shared by every instance. Never closes `redis`. */
export class RedisRecordStorage implements RecordStorage {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, { prefix = "mcp:" }: { readonly prefix?: string } = {}) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async insert(record: StoredToken): Promise<boolean> {
    const fields = Object.entries(record).flatMap(([field, value]) =>
      value === undefined ? [] : [field, String(value)],
    );
    return (await this.#redis.eval(insertScript, 1, this.#key(record.id), ...fields)) === 1;
  }

  async get(id: string): Promise<StoredToken | undefined> {
    const fields = await this.#redis.hgetall(this.#key(id));
    if (Object.keys(fields).length === 0) return undefined;
    const { userId, description, lastUsedAt, ...rest } = storedToken.parse(fields);
    return { ...rest, userId, description, lastUsedAt };
  }

  async touch(id: string, usedAt: number): Promise<void> {
    await this.#redis.eval(touchScript, 1, this.#key(id), usedAt);
  }

  async remove(id: string): Promise<boolean> {
    return (await this.#redis.del(this.#key(id))) === 1;
  }

  async list(): Promise<readonly StoredToken[]> {
    const ids: string[] = [];
    for await (const keys of this.#redis.scanStream({
      match: `${this.#prefix}*:tok`,
      count: 500,
    })) {
      ids.push(
        ...z
          .array(z.string())
          .parse(keys)
          .map((key) => this.#idIn(key)),
      );
    }
    const records = await Promise.all([...new Set(ids)].map((id) => this.get(id)));
    return records
      .filter((record) => record !== undefined)
      .toSorted((a, b) => a.createdAt - b.createdAt);
  }

  /** The braces keep everything about one key on one slot of a cluster. */
  #key(id: string): string {
    return `${this.#prefix}{${id}}:tok`;
  }

  #idIn(key: string): string {
    return key.slice(this.#prefix.length + 1, -"}:tok".length);
  }
}
