import { TokenStoreError } from "./errors.ts";
import { openRecord } from "./record-seal.ts";
import type { StoredToken } from "./record-storage.ts";
import type { SealedRecords } from "./sealed-records.ts";
import { readStored } from "./stored-record.ts";

/** What became of a record that was to be taken in. */
export type ImportOutcome = "imported" | "exists";

/**
 * Takes in a record as it was exported, sealed anew. Throws `unreadable-record`, before anything is stored,
 * for what is no record or was sealed with a key that is not on the keyring.
 */
export async function importRecord(
  records: SealedRecords,
  exported: unknown,
  now: number,
): Promise<ImportOutcome> {
  const stored = parse(exported);
  const secret = openRecord(records.seal, stored);
  // Its id may have been here before, and have had later versions than the exported one.
  const version = Math.max(now, stored.version + 1);
  const isNew = await records.insert({ stored: { ...stored, version }, secret });
  return isNew ? "imported" : "exists";
}

function parse(exported: unknown): StoredToken {
  const stored = readStored(exported);
  if (stored !== undefined) return stored;
  throw new TokenStoreError(
    "unreadable-record",
    "This is no record of a key as it was exported. Export it again.",
  );
}
