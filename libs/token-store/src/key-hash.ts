import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA-256 of a key under the pepper of its record, in base64url: what is stored of the key. */
export function hashKey(key: string, pepper: Uint8Array): string {
  return createHmac("sha256", pepper).update(key).digest("base64url");
}

/** Whether `hash` is that of `key`, compared in constant time. */
export function isHashOf(hash: string, key: string, pepper: Uint8Array): boolean {
  const expected = Buffer.from(hashKey(key, pepper));
  const given = Buffer.from(hash);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
