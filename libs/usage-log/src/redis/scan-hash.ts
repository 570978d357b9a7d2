import type { Cluster, Redis } from "ioredis";

/** Fields asked for at once, so that nobody waits long behind a large hash. */
const batchSize = 1_000;

/**
 * The fields of a hash and their values, none where there is no such key. A field that is written meanwhile
 * has its value of before or after. Rejects with the error of ioredis.
 */
export async function scanHash(
  redis: Redis | Cluster,
  key: string,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  let cursor = "0";
  do {
    const [next, fields] = await redis.hscan(key, cursor, "COUNT", batchSize);
    // A field may come twice.
    for (let i = 0; i < fields.length; i += 2) found.set(fields[i] ?? "", fields[i + 1] ?? "");
    cursor = next;
  } while (cursor !== "0");
  return found;
}
