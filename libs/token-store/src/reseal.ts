import { setTimeout } from "node:timers/promises";

import { isUnreadable } from "./errors.ts";
import { storeKeyCheck } from "./key-check.ts";
import { sealedBy } from "./seal.ts";
import type { SealedRecords } from "./sealed-records.ts";

/** How to go through the records. */
export interface ResealOptions {
  /** Records a second at most; 500 unless told. */
  readonly perSecond?: number;
  /** Ends the work between two records; what is resealed stays so. */
  readonly signal?: AbortSignal;
  /** Waits so many milliseconds. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** How far it came. */
export interface ResealResult {
  /** Records that were sealed with an older key before and are not any more. */
  readonly resealed: number;
  /** Records that still are; when 0, the older keys may leave the keyring. */
  readonly remaining: number;
}

/** Batches a second, so that the load is even. */
const batches = 10;

/**
 * Seals every record anew that an older key has sealed, in the midst of other writers; the key check
 * follows when no such record is left. A record that does not open stays and counts as remaining.
 */
export async function reseal(
  records: SealedRecords,
  { perSecond = 500, signal, pause = setTimeout }: ResealOptions = {},
): Promise<ResealResult> {
  const batch = Math.max(1, Math.ceil(perSecond / batches));
  let resealed = 0;
  for (const [index, id] of (await outdated(records)).entries()) {
    if (index > 0 && index % batch === 0) await pause((1_000 * batch) / perSecond);
    if (signal?.aborted === true) break;
    if (await resealOne(records, id)) resealed += 1;
  }
  const remaining = (await outdated(records)).length;
  if (remaining === 0) await storeKeyCheck(records.storage, records.seal);
  return { resealed, remaining };
}

async function outdated({ storage, seal }: SealedRecords): Promise<readonly string[]> {
  const records = await storage.list();
  return records.filter(({ sealed }) => sealedBy(sealed) !== seal.current).map(({ id }) => id);
}

/** Whether the record is there and sealed with the current key. */
async function resealOne(records: SealedRecords, id: string): Promise<boolean> {
  try {
    // Sealed once too often when someone else was faster, and never with the wrong content.
    return (await records.rewrite(id, (record) => record)) !== undefined;
  } catch (error) {
    if (isUnreadable(error)) return false;
    throw error;
  }
}
