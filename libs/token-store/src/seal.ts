import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

import { associatedData, type BoundField } from "./associated-data.ts";
import { deriveKey } from "./derive-key.ts";
import { TokenStoreError } from "./errors.ts";
import type { Keyring } from "./keyring.ts";

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const shape = /^([a-z0-9-]{1,16})\.([\w-]+)$/;

/**
 * Seals secrets with subkeys of a keyring (HKDF label `enc/1`). Sealed text is
 * `<key id>.<base64url of nonce, ciphertext and tag>` and opens only beside the fields it was sealed with.
 */
export class Seal {
  /** The id of the key that seals. */
  readonly current: string;
  readonly #subkeys: ReadonlyMap<string, Buffer>;

  constructor(keyring: Keyring) {
    this.current = keyring.current.id;
    this.#subkeys = new Map(keyring.keys.map(({ id, root }) => [id, deriveKey(root, "enc/1")]));
  }

  /** The ids of all keys, the current one first. */
  get keyIds(): readonly string[] {
    return [...this.#subkeys.keys()];
  }

  /** Encrypts with AES-256-GCM (NIST SP 800-38D) under the current key; `fields` are bound, not hidden. */
  seal(plain: Uint8Array, fields: readonly BoundField[]): string {
    const nonce = randomBytes(nonceBytes);
    const encrypt = createCipheriv(cipher, this.#subkey(this.current), nonce, {
      authTagLength: tagBytes,
    }).setAAD(associatedData([this.current, ...fields]));
    const body = Buffer.concat([encrypt.update(plain), encrypt.final()]);
    const bytes = Buffer.concat([nonce, body, encrypt.getAuthTag()]);
    return `${this.current}.${bytes.toString("base64url")}`;
  }

  /** Decrypts what `seal` made; throws `unreadable-record` when text, fields or key are not the same. */
  open(sealed: string, fields: readonly BoundField[]): Buffer {
    try {
      const [, keyId = "", text = ""] = shape.exec(sealed) ?? [];
      const bytes = strictlyDecoded(text);
      const nonce = bytes.subarray(0, nonceBytes);
      const decrypt = createDecipheriv(cipher, this.#subkey(keyId), nonce, {
        authTagLength: tagBytes,
      })
        .setAAD(associatedData([keyId, ...fields]))
        .setAuthTag(bytes.subarray(-tagBytes));
      const body = bytes.subarray(nonceBytes, -tagBytes);
      return Buffer.concat([decrypt.update(body), decrypt.final()]);
    } catch {
      throw new TokenStoreError(
        "unreadable-record",
        "A stored token cannot be read: it was altered, moved, or sealed with another secret key. " +
          "Revoke it and issue a new one.",
      );
    }
  }

  #subkey(keyId: string): Buffer {
    const subkey = this.#subkeys.get(keyId);
    if (subkey === undefined) throw new RangeError("The keyring has no such key.");
    return subkey;
  }
}

/** The id of the key that sealed a text, `undefined` when the text was not sealed by any. */
export function sealedBy(sealed: string): string | undefined {
  return shape.exec(sealed)?.[1];
}

/** Buffer skips what is not base64url; altered text must not open for that. */
function strictlyDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.toString("base64url") !== text) throw new RangeError("This is not base64url.");
  return bytes;
}
