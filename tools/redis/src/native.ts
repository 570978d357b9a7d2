import type { RedisBinary } from "./binary.ts";
import { RedisRigError } from "./errors.ts";
import { type LocateOptions, locateRedisServer } from "./locate.ts";

/**
 * Finds a Redis server that runs on this machine itself: servers that must reach one another, or
 * read our files, cannot do so from within containers.
 *
 * Throws {@link RedisRigError}: the codes of {@link locateRedisServer}, or `needs-native-redis`.
 */
export async function locateNativeServer(options: LocateOptions = {}): Promise<RedisBinary> {
  const binary = await locateRedisServer(options);
  if (binary.image === undefined) return binary;
  throw new RedisRigError(
    "needs-native-redis",
    "TLS, sentinels and clusters are not tested in docker: install redis-server, or set REDIS_SERVER to the path of one.",
  );
}
