import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

import { TokenStoreError } from "./errors.ts";

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals GitHub tokens and hashes keys with subkeys of one root secret (HKDF-SHA-256, RFC 5869).
 * A sealed token opens only in the context (record fields) it was sealed for.
 */
export class Seal {
  readonly #encryption: Buffer;
  readonly #pepper: Buffer;

  /** `root`: 32 bytes or more, as `parseSecretKey` returns them. */
  constructor(root: Uint8Array) {
    this.#encryption = deriveKey(root, "enc/1");
    this.#pepper = deriveKey(root, "pepper/1");
  }

  /** Encrypts with AES-256-GCM (NIST SP 800-38D); `context` is bound as associated data. */
  seal(plain: string, context: readonly string[]): string {
    const nonce = randomBytes(nonceBytes);
    const encrypt = createCipheriv(cipher, this.#encryption, nonce).setAAD(lengthPrefixed(context));
    const body = Buffer.concat([encrypt.update(plain, "utf8"), encrypt.final()]);
    return Buffer.concat([nonce, body, encrypt.getAuthTag()]).toString("base64url");
  }

  /** Decrypts what `seal` made; throws `unreadable-record` when text, context or key differ. */
  open(sealed: string, context: readonly string[]): string {
    try {
      const bytes = Buffer.from(sealed, "base64url");
      const decrypt = createDecipheriv(cipher, this.#encryption, bytes.subarray(0, nonceBytes))
        .setAAD(lengthPrefixed(context))
        .setAuthTag(bytes.subarray(-tagBytes));
      const body = bytes.subarray(nonceBytes, -tagBytes);
      return Buffer.concat([decrypt.update(body), decrypt.final()]).toString("utf8");
    } catch (cause) {
      throw new TokenStoreError(
        "unreadable-record",
        "A stored token cannot be read: it was altered, moved, or sealed with another MCP_SECRET_KEY.",
        { cause },
      );
    }
  }

  /** The keyed hash (HMAC-SHA-256) under which a key is stored. */
  hash(key: string): string {
    return createHmac("sha256", this.#pepper).update(key).digest("base64url");
  }

  /** Whether `hash` is that of `key`, compared in constant time. */
  matches(key: string, hash: string): boolean {
    const expected = Buffer.from(this.hash(key));
    const given = Buffer.from(hash);
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

/** A key of 32 bytes for one purpose (HKDF-SHA-256); keys of other labels tell nothing about it. */
export function deriveKey(root: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync("sha256", root, "", `pr-review-mcp/${label}`, 32));
}

/** Unambiguous for any field content, unlike joining with a separator. */
function lengthPrefixed(fields: readonly string[]): Buffer {
  return Buffer.from(fields.map((field) => `${Buffer.byteLength(field)}:${field}`).join(""));
}
