import { z } from "zod";

import type { StoredToken } from "../record-storage.ts";

/** Everything a token file holds. */
export interface Snapshot {
  keyCheck: string | undefined;
  readonly records: Map<string, StoredToken>;
}

/** Absent fields are written as null, so that every record lists every field. */
const text = z.string().nullable().transform(orUndefined);
const number = z.number().nullable().transform(orUndefined);

const storedToken = z.strictObject({
  id: z.string(),
  keyHash: z.string(),
  sealed: z.string(),
  userId: text,
  description: text,
  githubHost: z.string(),
  scopes: z.array(z.string()),
  allowedRepos: z.array(z.string()).nullable().transform(orUndefined),
  rateLimit: number,
  createdAt: z.number(),
  lastUsedAt: number,
  expiresAt: number,
  disabled: z.boolean(),
  version: z.number(),
});

/** The JSON of records written before: no record changes, and all are written with every change of one. */
const texts = new WeakMap<StoredToken, string>();

const snapshot = z.strictObject({ keyCheck: text, records: z.array(storedToken) });

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
  const records = data.records.map((record) => [record.id, record] as const);
  return { keyCheck: data.keyCheck, records: new Map(records) };
}

function toJson(record: StoredToken): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const json = JSON.stringify(record, (_name, value: unknown) => value ?? null);
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

function orUndefined<T>(value: T | null): T | undefined {
  return value ?? undefined;
}
