import { z } from "zod";

import type { StoredToken } from "../record-storage.ts";
import { readStored } from "../stored-record.ts";

/** Everything a token file holds. */
export interface Snapshot {
  keyCheck: string | undefined;
  readonly records: Map<string, StoredToken>;
}

/** The JSON of records written before: no record changes, and all are written with every change of one. */
const texts = new WeakMap<StoredToken, string>();

const snapshot = z.strictObject({
  keyCheck: z.string().nullable(),
  records: z.array(z.unknown()),
});

/** What a folder without a file holds. */
export function emptySnapshot(): Snapshot {
  return { keyCheck: undefined, records: new Map() };
}

/** A copy whose records can be added and removed without touching the original. */
export function copyOf({ keyCheck, records }: Snapshot): Snapshot {
  return { keyCheck, records: new Map(records) };
}

/** Notes a use in place; false for a record that is gone, which stays gone. */
export function noteUse({ records }: Snapshot, id: string, usedAt: number): boolean {
  const record = records.get(id);
  if (record === undefined) return false;
  records.set(id, { ...record, lastUsedAt: usedAt });
  return true;
}

/** The snapshot as JSON in UTF-8: a snapshot of the same records again costs little more than to copy it. */
export function encode({ keyCheck, records }: Snapshot): Buffer {
  const list = Array.from(records.values(), toJson).join(",");
  return Buffer.from(`{"keyCheck":${JSON.stringify(keyCheck ?? null)},"records":[${list}]}`);
}

/** Reads what `encode` wrote; `undefined` when it is anything else. */
export function decode(bytes: Buffer): Snapshot | undefined {
  const { data } = snapshot.safeParse(parseJson(bytes));
  if (data === undefined) return undefined;
  const records = new Map<string, StoredToken>();
  for (const written of data.records) {
    const record = readStored(written);
    if (record === undefined) return undefined;
    records.set(record.id, record);
  }
  return { keyCheck: data.keyCheck ?? undefined, records };
}

function toJson(record: StoredToken): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const json = JSON.stringify(asWritten(record));
  texts.set(record, json);
  return json;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The fields that came with the first release are null where they are absent, and those that came later are
 * left out: so that release, too, reads a file in which nobody has used what is newer.
 */
function asWritten(record: StoredToken): object {
  return {
    ...record,
    userId: record.userId ?? null,
    description: record.description ?? null,
    allowedRepos: record.allowedRepos ?? null,
    rateLimit: record.rateLimit ?? null,
    lastUsedAt: record.lastUsedAt ?? null,
    expiresAt: record.expiresAt ?? null,
    readOnly: record.readOnly || undefined,
  };
}
