import type { Authenticator } from "@pr-review/auth";
import type { Companion, RateLimiter } from "@pr-review/rate-limiter";
import type { Keyring, TokenStore } from "@pr-review/token-store";
import type { Logger } from "pino";

import type { Config } from "../config.ts";
import type { Metrics } from "../metrics.ts";
import { redisPlace } from "../redis/place.ts";
import { openLocalBackends } from "./local.ts";
import { openRedisBackends } from "./redis.ts";

/** What the server keeps between requests. */
export interface Backends {
  readonly tokens: TokenStore;
  readonly authenticator: Authenticator;
  /** Absent when rate limits are off. */
  readonly limiter: RateLimiter | undefined;
  /** Where the limiter finds the version of a key's record, if it can look it up along the way. */
  readonly versionField: ((keyId: string) => Companion) | undefined;
  /** Writes what is left to write, and lets go. */
  close(): Promise<void>;
}

/** What backends need beside the settings. */
export interface BackendServices {
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/**
 * Opens the stores that the configuration asks for. Throws `RedisOpenError`, and the `TokenStoreError`s
 * `wrong-secret-key`, `damaged-file`, `folder-in-use` and `store-unavailable`; nothing is changed by then.
 */
export async function openBackends(config: Config, services: BackendServices): Promise<Backends> {
  const place = redisPlace(config);
  const backends = await (place === undefined
    ? openLocalBackends(config, services)
    : openRedisBackends(config, place, services));
  try {
    await backends.tokens.checkSecretKey();
    return backends;
  } catch (error) {
    await backends.close();
    throw error;
  }
}
