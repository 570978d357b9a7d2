import type { Config } from "../config.ts";
import { redisPlace } from "../redis/place.ts";
import type { Backends } from "./backends.ts";
import { openLocalBackends } from "./local.ts";
import type { BackendServices } from "./services.ts";

/**
 * Opens the stores that the configuration asks for. Throws `RedisOpenError`, and the `TokenStoreError`s
 * `wrong-secret-key`, `damaged-file`, `folder-in-use` and `store-unavailable`; nothing is changed by then.
 */
export async function openBackends(config: Config, services: BackendServices): Promise<Backends> {
  const place = redisPlace(config);
  const backends =
    place === undefined
      ? await openLocalBackends(config, services)
      : // What speaks to Redis is loaded by those who have one.
        await (await import("./redis.ts")).openRedisBackends(config, place, services);
  try {
    await backends.tokens.checkSecretKey();
    return backends;
  } catch (error) {
    await backends.close();
    throw error;
  }
}
