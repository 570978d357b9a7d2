import { MemoryRateLimiter, type RateLimiter } from "@pr-review/rate-limiter";
import { MemoryRecordStorage, parseSecretKey, Seal, TokenStore } from "@pr-review/token-store";

import type { Config } from "./config.ts";

/** What the server keeps between requests. */
export interface Backends {
  readonly tokens: TokenStore;
  readonly limiter: RateLimiter | undefined;
}

/** Opens the stores that the configuration asks for. */
export function openBackends(config: Config, secretKey: string): Backends {
  const limit = config.RATE_LIMIT_REQUESTS_PER_MINUTE + config.RATE_LIMIT_BURST;
  return {
    tokens: new TokenStore(new MemoryRecordStorage(), new Seal(parseSecretKey(secretKey))),
    limiter: config.RATE_LIMIT_ENABLED ? new MemoryRateLimiter({ limit }) : undefined,
  };
}
