import { TokenStoreError } from "./errors.ts";
import { openRecord } from "./record-seal.ts";
import type { RecordStorage, StoredToken } from "./record-storage.ts";
import { type Seal, sealedBy } from "./seal.ts";

const fields = ["key-check/1"];

/**
 * Throws `wrong-secret-key` unless the keys open what the storage holds: its key check, or where there is
 * none (for that key) at least one record of each key. Stores a key check where there was none.
 * Nothing is changed before it throws.
 */
export async function checkSecretKey(storage: RecordStorage, seal: Seal): Promise<void> {
  const check = await storage.keyCheck();
  const records = await storage.list();
  // What no key has sealed is a damaged record, not a question of keys.
  const used = new Set(records.map(({ sealed }) => sealedBy(sealed)).filter(isNamed));
  const checked = check === undefined ? undefined : sealedBy(check);

  const unknown = [...used, checked].filter(isNamed).filter((id) => !seal.keyIds.includes(id));
  if (unknown.length > 0) throw missingKeys(storage, new Set(unknown));
  if (check !== undefined && !opensCheck(seal, check)) throw wrongKey(storage);

  const proven = new Set([checked]);
  for (const record of records) {
    const id = sealedBy(record.sealed);
    if (!proven.has(id) && opensRecord(seal, record)) proven.add(id);
  }
  if ([...used].some((id) => !proven.has(id))) throw wrongKey(storage);
  if (check === undefined) await storeKeyCheck(storage, seal);
}

/** Stores a key check under the current key, unless there is one. */
export async function storeKeyCheck(storage: RecordStorage, seal: Seal): Promise<void> {
  const check = await storage.keyCheck();
  const isCurrent = check !== undefined && sealedBy(check) === seal.current;
  if (isCurrent && opensCheck(seal, check)) return;
  await storage.setKeyCheck(seal.seal(new Uint8Array(), fields));
}

function opensCheck(seal: Seal, check: string): boolean {
  try {
    return seal.open(check, fields).length === 0;
  } catch {
    return false;
  }
}

function opensRecord(seal: Seal, record: StoredToken): boolean {
  try {
    return openRecord(seal, record).githubToken !== "";
  } catch {
    return false;
  }
}

function isNamed(id: string | undefined): id is string {
  return id !== undefined;
}

function missingKeys({ name }: RecordStorage, ids: ReadonlySet<string>): TokenStoreError {
  return new TokenStoreError(
    "wrong-secret-key",
    `${name} holds what was sealed with ${[...ids].join(", ")}, which MCP_SECRET_KEYS does not name. ` +
      "Nothing was changed. Name that key too until everything is resealed.",
  );
}

function wrongKey({ name }: RecordStorage): TokenStoreError {
  return new TokenStoreError(
    "wrong-secret-key",
    `What ${name} holds was sealed with another secret key. Nothing was changed. ` +
      "Start with the MCP_SECRET_KEY it was filled with, or point to another store.",
  );
}
