import type { Cluster, Redis } from "ioredis";

import { RedisOpenError } from "./error.ts";
import { redisName, type RedisPlace } from "./place.ts";

/** The audit log trims its stream up to an id, which came with it. */
const oldest = { major: 6, minor: 2 };

/** The version of a Redis server; `undefined` when it cannot be asked, or may not be. */
export async function redisVersion(redis: Redis | Cluster): Promise<string | undefined> {
  const info = await redis.info("server").catch(() => "");
  return /^redis_version:([\d.]+)/m.exec(info)?.[1];
}

/** Throws `RedisOpenError` `redis-too-old`; a server that does not tell its version passes. */
export async function requireRecentRedis(redis: Redis | Cluster, place: RedisPlace): Promise<void> {
  const version = await redisVersion(redis);
  if (version === undefined || isRecent(version)) return;
  const message = `${redisName(place)} is of version ${version}: install ${oldest.major}.${oldest.minor} or later there, or name another one.`;
  throw new RedisOpenError("redis-too-old", version, message);
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major === oldest.major ? minor >= oldest.minor : major > oldest.major;
}
