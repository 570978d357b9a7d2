import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

import { base62, derivedId, idLength } from "./public-id.ts";

const shape = /^mcp_1([0-9A-Za-z]{10})[0-9A-Za-z]{32}([0-9A-Za-z]{6})$/;
/** Without an id and a checksum: the keys of the predecessor, six characters shorter than ours. */
const legacyShape = /^mcp_[\w-]{43}$/;

/** A freshly generated key: the whole secret, shown once, and the public id it is listed by. */
export interface GeneratedKey {
  readonly key: string;
  readonly id: string;
}

/**
 * Makes a key of 53 characters: `mcp_`, format digit `1`, 10 characters of public id, 32 characters
 * of secret (190 bits), 6 characters of CRC-32. `random` gives an unbiased integer below its argument.
 */
export function generateKey(random: (below: number) => number = randomInt): GeneratedKey {
  const id = letters(idLength, random);
  return { key: keyOf(id, random), id };
}

/** A new key of a given id, with a secret of its own. */
export function keyOf(id: string, random: (below: number) => number = randomInt): string {
  const body = `mcp_1${id}${letters(32, random)}`;
  return body + checksum(body);
}

/**
 * The public id of a key, or `undefined` when the text is no key or has a typo. No store is asked, so a
 * mistyped or guessed key costs nothing. A key of the predecessor has an id made from its SHA-256.
 */
export function keyId(key: string): string | undefined {
  if (isLegacyKey(key)) return derivedId("legacy", key);
  const [, id, sum] = shape.exec(key) ?? [];
  return sum === checksum(key.slice(0, -6)) ? id : undefined;
}

/** Whether a text has the shape of the predecessor's keys: `mcp_` and 43 characters of base64url. */
export function isLegacyKey(text: string): boolean {
  return legacyShape.test(text);
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let i = 0; i < 6; i += 1) {
    digits = base62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function letters(length: number, random: (below: number) => number): string {
  return Array.from({ length }, () => base62.charAt(random(62))).join("");
}
