/*
 * Writes libs/github-comments/src/tokens/pieces.ts from the vocabularies of the tokenizers.
 * Run it from the top: npx tsx tools/tokens/make-pieces.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

import cl100k from "gpt-tokenizer/bpeRanks/cl100k_base";
import { countTokens as countCl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { countTokens as countO200k } from "gpt-tokenizer/encoding/o200k_base";

/** How many multi-character pieces to ship: more come closer on ordinary text and weigh more. */
const WANTED = 10_000;

/** A short piece must stay about one token this often in a row: "www" does not. */
const REPEATS = 12;

/** Code units; indentation and rulers are longer, but an answer has few of those. */
const LONGEST = 32;

const TARGET = join(import.meta.dirname, "../../libs/github-comments/src/tokens/pieces.ts");

writeFileSync(TARGET, sourceOf([...frequentPieces(), ...wholeCharacters()], cheapBlocks()));

/** The most frequent texts that both tokenizers count as one token; ranks follow frequency. */
function frequentPieces(): readonly string[] {
  return cl100k
    .filter((piece) => typeof piece === "string")
    .filter((piece) => piece.length > 1 && piece.length <= LONGEST)
    .filter((piece) => !/[\p{Cc}\p{Cs}\p{N}\uFFFD]/u.test(piece.replaceAll(/[\t\n\r]/g, "")))
    .filter((piece) => tokensOf(piece) === 1)
    .filter((piece) => piece.length > 3 || tokensOf(piece.repeat(REPEATS)) <= REPEATS * 1.4)
    .slice(0, WANTED);
}

/** The characters outside ASCII that are one token by themselves. */
function wholeCharacters(): readonly string[] {
  return charactersBetween(0x80, 0x10000).filter((character) => tokensOf(character) === 1);
}

/** A bit for each 64 characters of the basic plane: 1 when none of them takes three tokens. */
function cheapBlocks(): string {
  const nibbles = Array.from({ length: 256 }, (_, quarter) => {
    const blocks = [0, 1, 2, 3].map((block) => (quarter * 4 + block) * 64);
    const bits = blocks.map((start) => {
      return charactersBetween(start, start + 64).every((one) => tokensOf(one) < 3) ? "1" : "0";
    });
    return Number.parseInt(bits.join(""), 2).toString(16);
  });
  return nibbles.join("");
}

/** The characters from `start` up to `end`; surrogates are none, and count as dear. */
function charactersBetween(start: number, end: number): readonly string[] {
  return Array.from({ length: end - start }, (_, place) => String.fromCharCode(start + place));
}

function tokensOf(text: string): number {
  if (/\p{Cs}/u.test(text)) return 3;
  return Math.max(countCl100k(text), countO200k(text));
}

function sourceOf(pieces: readonly string[], blocks: string): string {
  const list = Buffer.from(pieces.toSorted().join("\0"));
  const packed = brotliCompressSync(list, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: list.length },
  });
  return `// Made by tools/tokens/make-pieces.ts from the public vocabularies cl100k_base and o200k_base.

/**
 * The ${String(pieces.length)} most useful texts that both tokenizers count as one token, joined by NUL,
 * in Brotli and base64. ASCII characters and numbers of up to three digits are left out: they all are.
 */
export const PIECES = \`
${lines(packed.toString("base64"))}
\`;

/** A bit for each 64 code units: 1 when none of these characters takes more than two tokens; hex. */
export const CHEAP_BLOCKS = \`
${lines(blocks)}
\`;
`;
}

function lines(text: string): string {
  return (text.match(/.{1,160}/g) ?? []).join("\n");
}
