import { brotliDecompressSync } from "node:zlib";

import { PIECES } from "./pieces.ts";

const BLANKS = /^[ \t]{2,}$/;
const SEAM = /^[ \t]{2,}[^ \t]$/;
const DIGITS = "0123456789";
const PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

/**
 * Every text that counts as one token (the listed ones, ASCII characters, numbers of two and three
 * digits) and every seam; each once, in order of code units.
 */
export function unpackPieces(): readonly string[] {
  const listed = brotliDecompressSync(Buffer.from(PIECES, "base64")).toString().split("\0");
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const seams = listed.filter((piece) => BLANKS.test(piece)).flatMap(seamsOf);
  return [...listed, ...ascii, ...numbersOf(2), ...numbersOf(3), ...seams].toSorted();
}

/**
 * True for blanks with what the last one of them does not join: the tokenizers set that blank
 * apart, so that the blanks are two tokens there, though they are one piece elsewhere.
 */
export function isSeam(text: string): boolean {
  return SEAM.test(text) && !text.endsWith("\n");
}

function seamsOf(blanks: string): readonly string[] {
  const strangers = blanks.endsWith(" ") ? DIGITS : DIGITS + PUNCTUATION;
  return Array.from(strangers, (stranger) => blanks + stranger);
}

function numbersOf(digits: number): readonly string[] {
  return Array.from({ length: 10 ** digits }, (_, value) => String(value).padStart(digits, "0"));
}
