import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

import { checkOf, type SnapshotKeys } from "./snapshot-keys.ts";

const cipher = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;
const headerShape =
  /^(?<line>pr-review-mcp tokens\/1 (?<id>[a-z0-9-]{1,16}) (?<check>[\w-]{22})) (?<sum>[0-9a-f]{8})\n/;
/** No header is longer. */
const headerBytes = 100;

/** What was found in an envelope: its content, or why there is none. */
export type Opened =
  | { readonly kind: "content"; readonly content: Buffer }
  | { readonly kind: "wrong-key"; readonly keyId: string }
  | { readonly kind: "damaged" };

/**
 * Encrypts `content` with the first key (AES-256-GCM, NIST SP 800-38D). The result is one readable line,
 * `pr-review-mcp tokens/1 <key id> <key check> <CRC-32 of the line so far>`, then nonce, ciphertext and
 * tag. The line is bound as associated data, so that no byte of the whole can change unnoticed.
 */
export function sealEnvelope(content: Uint8Array, keys: SnapshotKeys): Buffer {
  const line = `pr-review-mcp tokens/1 ${keys.first.id} ${checkOf(keys.first)}`;
  const header = Buffer.from(`${line} ${checksum(line)}\n`);
  const nonce = randomBytes(nonceBytes);
  const encrypt = createCipheriv(cipher, keys.first.key, nonce).setAAD(header);
  const body = [encrypt.update(content), encrypt.final()];
  return Buffer.concat([header, nonce, ...body, encrypt.getAuthTag()]);
}

/** Opens what `sealEnvelope` made, whole or not at all. */
export function openEnvelope(bytes: Buffer, keys: SnapshotKeys): Opened {
  const header = headerShape.exec(bytes.toString("latin1", 0, headerBytes));
  const { line = "", id: keyId = "", check = "", sum } = header?.groups ?? {};
  // Without the checksum, a damaged key id or key check would pass for a wrong key.
  if (header === null || sum !== checksum(line)) return { kind: "damaged" };

  const key = keys.find(keyId, check);
  if (key === undefined) return { kind: "wrong-key", keyId };
  const content = decrypt(bytes, header[0].length, key.key);
  return content === undefined ? { kind: "damaged" } : { kind: "content", content };
}

function decrypt(bytes: Buffer, bodyAt: number, key: Uint8Array): Buffer | undefined {
  const body = bytes.subarray(bodyAt);
  if (body.length < nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(cipher, key, body.subarray(0, nonceBytes))
    .setAAD(bytes.subarray(0, bodyAt))
    .setAuthTag(body.subarray(-tagBytes));
  const content = decipher.update(body.subarray(nonceBytes, -tagBytes));
  try {
    return Buffer.concat([content, decipher.final()]);
  } catch {
    return undefined;
  }
}

function checksum(line: string): string {
  return crc32(line).toString(16).padStart(8, "0");
}
