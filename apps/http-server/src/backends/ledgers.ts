import { AuditLog, type AuditStorage } from "@pr-review/audit-log";
import { UsageLog, type UsageStorage } from "@pr-review/usage-log";

import { auditKeysOf } from "../secrets/audit-keys.ts";
import type { BackendServices } from "./services.ts";

/** What is written down: who changed what, and how often whose keys were used. */
export interface Ledgers {
  readonly audit: AuditLog;
  readonly usage: UsageLog;
}

/** Where it is written. */
export interface LedgerStorages {
  readonly audit: AuditStorage;
  readonly usage: UsageStorage;
}

/**
 * Opens both. An audit log that cannot be written stops no reader: until it can, changes of keys are
 * refused, and the log and the metrics say so.
 */
export async function openLedgers(
  storages: LedgerStorages,
  { keyring, log, metrics }: BackendServices,
): Promise<Ledgers> {
  const audit = new AuditLog(storages.audit, auditKeysOf(keyring));
  await audit.ready().catch((error: unknown) => {
    metrics.ledgers.auditFailed();
    log.error(
      { err: error },
      "the audit log cannot be written: keys cannot be changed until it can",
    );
  });
  const usage = new UsageLog(storages.usage, {
    onError: (error) => {
      metrics.ledgers.usageNotStored();
      log.warn({ err: error }, "usage is kept in memory until it can be stored");
    },
  });
  return { audit, usage };
}

/** Stores what is left of the usage; never throws. */
export async function closeLedgers(
  { usage }: Ledgers,
  { log, metrics }: BackendServices,
): Promise<void> {
  await usage.close().catch((error: unknown) => {
    metrics.ledgers.usageNotStored();
    log.error({ err: error }, "the last usage was not stored");
  });
}
