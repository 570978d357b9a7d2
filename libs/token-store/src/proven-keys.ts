import { hash } from "node:crypto";

import { isHashOf } from "./key-hash.ts";
import type { OpenRecord } from "./sealed-records.ts";
import { type TokenRecord, toRecord } from "./token-record.ts";

/** What a presented key leads to. */
export interface TokenMatch {
  readonly record: TokenRecord;
  readonly githubToken: string;
}

/**
 * Tells whether a key is that of a record, and finds it out once for as long as the record stays in memory.
 * Of the key its SHA-256 is kept until then: enough for a text of 190 random bits.
 */
export class ProvenKeys {
  readonly #proven = new WeakMap<
    OpenRecord,
    { readonly digest: string; readonly match: TokenMatch }
  >();

  /** What `key` leads to if it is the one whose hash the record holds: the same object each time. */
  match(record: OpenRecord, key: string): TokenMatch | undefined {
    const digest = hash("sha256", key, "base64");
    const known = this.#proven.get(record);
    if (known?.digest === digest) return known.match;
    if (!isHashOf(record.stored.keyHash, key, record.secret.pepper)) return undefined;
    const match = { record: toRecord(record.stored), githubToken: record.secret.githubToken };
    this.#proven.set(record, { digest, match });
    return match;
  }
}
