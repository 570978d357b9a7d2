import { randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const shape = /^mcp_1([0-9A-Za-z]{10})[0-9A-Za-z]{32}([0-9A-Za-z]{6})$/;

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
  const id = letters(10, random);
  const body = `mcp_1${id}${letters(32, random)}`;
  return { key: body + checksum(body), id };
}

/**
 * The public id inside a key, or `undefined` when the text is no key of ours or has a typo.
 * No store is asked, so a mistyped or guessed key costs nothing.
 */
export function keyId(key: string): string | undefined {
  const [, id, sum] = shape.exec(key) ?? [];
  return sum === checksum(key.slice(0, -6)) ? id : undefined;
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let i = 0; i < 6; i += 1) {
    digits = alphabet.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}

function letters(length: number, random: (below: number) => number): string {
  return Array.from({ length }, () => alphabet.charAt(random(62))).join("");
}
