import { TokenStoreError } from "./errors.ts";

const minimumBytes = 32;
/** Long words only: short ones turn up in random base64 by chance. */
const placeholder = /change.?me|example|placeholder|secret.?key|password|replace.?me/i;

/**
 * Decodes `MCP_SECRET_KEY`: at least 32 bytes as base64, base64url or hexadecimal.
 * Throws `TokenStoreError` `weak-secret-key`, which never repeats the value; `name` is what it calls the key.
 */
export function parseSecretKey(text: string, name = "MCP_SECRET_KEY"): Buffer {
  const bytes = decode(text.trim());
  if (bytes.length < minimumBytes || isMonotonous(bytes) || placeholder.test(text)) {
    throw new TokenStoreError(
      "weak-secret-key",
      `${name} needs 32 random bytes in base64. Make one with: openssl rand -base64 32`,
    );
  }
  return bytes;
}

function decode(text: string): Buffer {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, "hex");
  if (/^[\w+/-]+={0,2}$/.test(text)) return Buffer.from(text, "base64");
  return Buffer.alloc(0);
}

/** A run of few distinct bytes is a placeholder, not 256 bits of chance. */
function isMonotonous(bytes: Buffer): boolean {
  return new Set(bytes).size < 12;
}
