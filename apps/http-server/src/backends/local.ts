import { Authenticator, FailureLimiter } from "@pr-review/auth";
import { MemoryGcraLimiter, MemoryRateLimiter, type RateLimiter } from "@pr-review/rate-limiter";
import { deriveKey, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { FileRecordStorage } from "@pr-review/token-store/file";

import type { Config } from "../config.ts";
import type { Backends, BackendServices } from "./backends.ts";
import { onUnreadable } from "./unreadable.ts";

/** Backends of one instance alone: records in memory, and in a file where there is a folder for it. */
export async function openLocalBackends(
  config: Config,
  services: BackendServices,
): Promise<Backends> {
  const { keyring, log } = services;
  const storage = await openStorage(config.MCP_DATA_DIR, keyring);
  if (storage instanceof MemoryRecordStorage) {
    log.warn("keys are kept in memory only: set MCP_DATA_DIR or REDIS_URL to keep them");
  }
  const tokens = new TokenStore(storage, new Seal(keyring), {
    onUnreadable: onUnreadable(services),
  });
  return {
    tokens,
    // The store is at hand, so every request asks it; nothing is remembered that could be out of date.
    authenticator: new Authenticator(tokens, { failures: new FailureLimiter() }),
    limiter: config.RATE_LIMIT_ENABLED ? localLimiter(config) : undefined,
    versionField: undefined,
    sseRelay: undefined,
    checks: {},
    close: async () => {
      if (storage instanceof FileRecordStorage) await storage.close();
    },
  };
}

async function openStorage(
  folder: string | undefined,
  { keys }: BackendServices["keyring"],
): Promise<MemoryRecordStorage | FileRecordStorage> {
  if (folder === undefined) return new MemoryRecordStorage();
  const subkeys = keys.map(({ id, root }) => ({ id, key: deriveKey(root, "snapshot/1") }));
  return FileRecordStorage.open(folder, { keys: subkeys });
}

function localLimiter(config: Config): RateLimiter {
  const rate = config.RATE_LIMIT_REQUESTS_PER_MINUTE;
  const burst = config.RATE_LIMIT_BURST;
  return config.RATE_LIMIT_ALGORITHM === "gcra"
    ? new MemoryGcraLimiter({ rate, burst: Math.max(1, burst) })
    : new MemoryRateLimiter({ limit: rate + burst });
}
