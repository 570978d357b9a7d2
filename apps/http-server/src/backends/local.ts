import { join } from "node:path";

import { MemoryAuditStorage } from "@pr-review/audit-log";
import { FileAuditStorage } from "@pr-review/audit-log/file";
import { Authenticator, FailureLimiter } from "@pr-review/auth";
import { localLease, type Marks, MemoryMarks } from "@pr-review/key-lifecycle";
import { FileMarks } from "@pr-review/key-lifecycle/file";
import { MemoryGcraLimiter, MemoryRateLimiter, type RateLimiter } from "@pr-review/rate-limiter";
import { deriveKey, MemoryRecordStorage, Seal, TokenStore } from "@pr-review/token-store";
import { FileRecordStorage } from "@pr-review/token-store/file";
import { MemoryUsageStorage } from "@pr-review/usage-log";
import { FileUsageStorage } from "@pr-review/usage-log/file";

import type { Config } from "../config.ts";
import type { Backends } from "./backends.ts";
import { closeLedgers, type LedgerStorages, openLedgers } from "./ledgers.ts";
import type { BackendServices } from "./services.ts";
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
  const ledgers = await openLedgers(await ledgerStorages(config.MCP_DATA_DIR), services);
  const kind = storage instanceof MemoryRecordStorage ? "memory" : "file";
  return {
    tokens,
    ...ledgers,
    // The store is at hand, so every request asks it; nothing is remembered that could be out of date.
    authenticator: new Authenticator(tokens, { failures: new FailureLimiter() }),
    limiter: config.RATE_LIMIT_ENABLED ? localLimiter(config) : undefined,
    versionField: undefined,
    sseRelay: undefined,
    lease: localLease,
    marks: await openMarks(config.MCP_DATA_DIR, services),
    storage: async () => ({ kind, name: storage.name, redisVersion: undefined }),
    checks: {},
    close: async () => {
      await closeLedgers(ledgers, services);
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

/** Beside the keys, in folders whose lock is that of the keys. */
async function ledgerStorages(folder: string | undefined): Promise<LedgerStorages> {
  if (folder === undefined) {
    return { audit: new MemoryAuditStorage(), usage: new MemoryUsageStorage() };
  }
  return {
    audit: new FileAuditStorage(join(folder, "audit")),
    usage: await FileUsageStorage.open(join(folder, "usage")),
  };
}

async function openMarks(folder: string | undefined, { log }: BackendServices): Promise<Marks> {
  if (folder === undefined) return new MemoryMarks();
  return FileMarks.open(join(folder, "warned.json"), {
    onDamaged: () => log.warn("the notes of who was warned were damaged and are begun anew"),
  });
}

function localLimiter(config: Config): RateLimiter {
  const rate = config.RATE_LIMIT_REQUESTS_PER_MINUTE;
  const burst = config.RATE_LIMIT_BURST;
  return config.RATE_LIMIT_ALGORITHM === "gcra"
    ? new MemoryGcraLimiter({ rate, burst: Math.max(1, burst) })
    : new MemoryRateLimiter({ limit: rate + burst });
}
