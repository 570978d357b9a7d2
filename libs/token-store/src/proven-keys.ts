import { hash } from "node:crypto";

import { isHashOf } from "./key-hash.ts";
import type { OpenRecord } from "./sealed-records.ts";

/**
 * Tells whether a key is that of a record, and finds it out once for as long as the record stays in memory.
 * Of the key its SHA-256 is kept until then: enough for a text of 190 random bits.
 */
export class ProvenKeys {
  readonly #digests = new WeakMap<OpenRecord, string>();

  /** Whether `key` is the one whose hash the record holds. */
  isKeyOf(record: OpenRecord, key: string): boolean {
    const digest = hash("sha256", key, "base64");
    if (this.#digests.get(record) === digest) return true;
    if (!isHashOf(record.stored.keyHash, key, record.secret.pepper)) return false;
    this.#digests.set(record, digest);
    return true;
  }
}
