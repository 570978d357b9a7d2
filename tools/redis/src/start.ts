import { locateRedisServer } from "./locate.ts";
import type { RedisProcess } from "./redis-process.ts";
import { startServer } from "./start-server.ts";

/** How a test wants its Redis. */
export interface StartOptions {
  /** Further arguments of redis-server, such as `["--requirepass", "secret"]`; they win over ours. */
  readonly args?: readonly string[];
  /** Offers the port to listen on; another is asked for when it is taken. */
  readonly choosePort?: () => Promise<number>;
}

/**
 * Starts an empty Redis on a free port of 127.0.0.1 with a folder of its own and no persistence,
 * and resolves when it answers PING. It ends with this process at the latest, however that ends.
 *
 * Throws {@link RedisRigError}: the codes of {@link locateRedisServer}, `redis-died` (with its log)
 * or `redis-silent`.
 */
export async function startRedis(options: StartOptions = {}): Promise<RedisProcess> {
  return startServer(await locateRedisServer(), options);
}
