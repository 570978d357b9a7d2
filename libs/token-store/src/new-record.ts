import { randomBytes } from "node:crypto";

import type { GrantedFields } from "./grant.ts";
import { hashKey } from "./key-hash.ts";
import type { StoredToken } from "./record-storage.ts";
import type { OpenRecord } from "./sealed-records.ts";

/** What a new record is made of, beside its key. */
export interface NewRecord {
  readonly id: string;
  /** Without blanks around it. */
  readonly githubToken: string;
  readonly githubHost: string;
  readonly fields: GrantedFields;
  readonly createdAt: number;
  readonly version: number;
  readonly origin?: Partial<Pick<StoredToken, "reference" | "rotatedFrom">>;
}

/** A record of a key that nobody has used yet, with a pepper of its own. */
export function newRecord(key: string, record: NewRecord): OpenRecord {
  const { id, githubToken, githubHost, fields, createdAt, version, origin } = record;
  const secret = { pepper: randomBytes(32), githubToken };
  const stored = {
    id,
    keyHash: hashKey(key, secret.pepper),
    githubHost,
    ...fields,
    createdAt,
    lastUsedAt: undefined,
    disabled: false,
    disabledReason: undefined,
    reference: origin?.reference,
    rotatedFrom: origin?.rotatedFrom,
    rotatedTo: undefined,
    version,
  };
  return { stored, secret };
}
