import type { Cluster, Redis } from "ioredis";

/** The version of a Redis server; `undefined` when it cannot be asked, or may not be. */
export async function redisVersion(redis: Redis | Cluster): Promise<string | undefined> {
  const info = await redis.info("server").catch(() => "");
  return /^redis_version:([\d.]+)/m.exec(info)?.[1];
}
