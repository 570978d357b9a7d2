import { hkdfSync } from "node:crypto";

/** A key of 32 bytes for one purpose (HKDF-SHA-256, RFC 5869); keys of other labels tell nothing about it. */
export function deriveKey(root: Uint8Array, label: string): Buffer {
  return Buffer.from(hkdfSync("sha256", root, "", `pr-review-mcp/${label}`, 32));
}
