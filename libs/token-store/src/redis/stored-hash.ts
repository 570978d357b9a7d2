import { redisReason } from "@pr-review/durable/redis";
import type { Cluster, Redis } from "ioredis";
import { z } from "zod";

import { TokenStoreError } from "../errors.ts";
import type { StoredToken } from "../record-storage.ts";

// Only as written: " 5" or "0x5" is not what `toHash` makes of 5.
const number = z
  .string()
  .refine((text) => Number.isFinite(Number(text)) && String(Number(text)) === text)
  .transform(Number);
const list = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string()));

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const hash = z.object({
  sealed: z.string(),
  keyHash: z.string(),
  userId: z.string().optional(),
  description: z.string().optional(),
  githubHost: z.string(),
  scopes: list,
  allowedRepos: list.optional(),
  rateLimit: number.optional(),
  createdAt: number,
  lastUsedAt: number.optional(),
  expiresAt: number.optional(),
  disabled: flag,
  disabledReason: z.string().optional(),
  allowedIps: list.optional(),
  readOnly: flag.default(false),
  reference: z.string().optional(),
  rotatedFrom: z.string().optional(),
  rotatedTo: z.string().optional(),
  githubLogin: z.string().optional(),
  githubScopes: list.optional(),
  githubTokenExpiresAt: number.optional(),
  version: number,
});

/** A record lists every field, also those that its hash has not. */
const absent = {
  userId: undefined,
  description: undefined,
  allowedRepos: undefined,
  rateLimit: undefined,
  lastUsedAt: undefined,
  expiresAt: undefined,
  disabledReason: undefined,
  allowedIps: undefined,
  reference: undefined,
  rotatedFrom: undefined,
  rotatedTo: undefined,
  githubLogin: undefined,
  githubScopes: undefined,
  githubTokenExpiresAt: undefined,
};

/** The fields at a key of Redis, none when there is no such key; `{}` for what is no hash at all. */
export async function hashAt(redis: Redis | Cluster, key: string): Promise<object | undefined> {
  try {
    const fields = await redis.hgetall(key);
    return Object.keys(fields).length === 0 ? undefined : fields;
  } catch (error) {
    if (redisReason(error) === "WRONGTYPE") return {};
    throw error;
  }
}

/** Every field but the id and `sealed`, name and value by turns; lists as JSON, what is undefined left out. */
export function toHash({ id: _id, sealed: _sealed, ...fields }: StoredToken): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [name, typeof value === "object" ? JSON.stringify(value) : `${value}`],
  );
}

/** The record in a hash; throws `unreadable-record` when a field is missing or not of its kind. */
export function fromHash(id: string, fields: unknown): StoredToken {
  const parsed = parse(fields);
  if (parsed === undefined) {
    throw new TokenStoreError(
      "unreadable-record",
      `The record of key ${id} is damaged. Revoke it and issue a new one.`,
    );
  }
  return { id, ...absent, ...parsed };
}

function parse(fields: unknown): z.infer<typeof hash> | undefined {
  try {
    return hash.parse(fields);
  } catch {
    return undefined;
  }
}
