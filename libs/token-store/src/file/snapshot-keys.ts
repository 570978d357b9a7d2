import { createHmac } from "node:crypto";

import { TokenStoreError } from "../errors.ts";

/** One key of the ring a token file is encrypted with. */
export interface SnapshotKey {
  /** Stands readable in the file: 1 to 16 of a-z, 0-9 and `-`. */
  readonly id: string;
  /** 32 bytes, as `deriveKey(root, "snapshot/1")` gives them. */
  readonly key: Uint8Array;
}

const idShape = /^[a-z0-9-]{1,16}$/;
const keyBytes = 32;

/** The keys of a token file: the first encrypts, every one decrypts. */
export class SnapshotKeys {
  readonly first: SnapshotKey;
  readonly #byId: ReadonlyMap<string, SnapshotKey>;

  /** Throws `invalid-keyring` for no key, an id that is ill-formed or given twice, or a key that is not of 32 bytes. */
  constructor(keys: readonly SnapshotKey[]) {
    const [first] = keys;
    this.#byId = new Map(keys.map((key) => [key.id, key]));
    if (first === undefined || this.#byId.size < keys.length || !keys.every(isWellFormed)) {
      throw new TokenStoreError(
        "invalid-keyring",
        "A token file needs keys of 32 bytes, each with an id of its own: 1 to 16 of a-z, 0-9 and -.",
      );
    }
    this.first = first;
  }

  /** The key named `id`, if its check is `check`; a key of that name with other bytes is not it. */
  find(id: string, check: string): SnapshotKey | undefined {
    const key = this.#byId.get(id);
    return key !== undefined && checkOf(key) === check ? key : undefined;
  }
}

/**
 * 22 characters that tell a wrong key from a damaged file, which AES-GCM alone cannot: an HMAC-SHA-256
 * of a label, cut to 128 bits. It says nothing about the key that the ciphertext does not.
 */
export function checkOf({ key }: SnapshotKey): string {
  const mac = createHmac("sha256", key).update("pr-review-mcp/snapshot-check/1").digest();
  return mac.subarray(0, 16).toString("base64url");
}

function isWellFormed({ id, key }: SnapshotKey): boolean {
  return idShape.test(id) && key.length === keyBytes;
}
