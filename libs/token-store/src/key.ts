import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const shape = /^mcp_1([0-9A-Za-z]{10})[0-9A-Za-z]{32}([0-9A-Za-z]{6})$/;
/** Without an id and a checksum: the keys of the predecessor, six characters shorter than ours. */
const legacyShape = /^mcp_[\w-]{43}$/;
const idLetters = 10;

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
  const id = letters(idLetters, random);
  const body = `mcp_1${id}${letters(32, random)}`;
  return { key: body + checksum(body), id };
}

/**
 * The public id of a key, or `undefined` when the text is no key or has a typo. No store is asked, so a
 * mistyped or guessed key costs nothing. A key of the predecessor has an id made from its SHA-256.
 */
export function keyId(key: string): string | undefined {
  if (isLegacyKey(key)) return legacyId(key);
  const [, id, sum] = shape.exec(key) ?? [];
  return sum === checksum(key.slice(0, -6)) ? id : undefined;
}

/** Whether a text has the shape of the predecessor's keys: `mcp_` and 43 characters of base64url. */
export function isLegacyKey(text: string): boolean {
  return legacyShape.test(text);
}

/** Ten of the 43 digits that a SHA-256 has in base 62: enough to tell keys apart, too few to find one. */
function legacyId(key: string): string {
  const hash = createHash("sha256").update(`pr-review-mcp/legacy-id/1:${key}`).digest("hex");
  let rest = BigInt(`0x${hash}`);
  let digits = "";
  for (let i = 0; i < idLetters; i += 1) {
    digits = alphabet.charAt(Number(rest % 62n)) + digits;
    rest /= 62n;
  }
  return digits;
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
