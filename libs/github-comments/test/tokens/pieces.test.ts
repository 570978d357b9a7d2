import { expect, it } from "vitest";

import { TOKEN } from "../../src/tokens/piece-price.ts";
import { CHEAP_BLOCKS } from "../../src/tokens/pieces.ts";
import { unitCosts } from "../../src/tokens/unit-costs.ts";
import { isSeam, unpackPieces } from "../../src/tokens/unpack-pieces.ts";
import { realTokens } from "./real-tokens.ts";

it("lists only texts that are one token in both vocabularies", () => {
  const pieces = unpackPieces().filter((piece) => !isSeam(piece));
  expect(pieces.length).toBeGreaterThan(10_000);
  expect(pieces.filter((piece) => realTokens(piece) !== 1)).toEqual([]);
});

it("lists every text once", () => {
  const pieces = unpackPieces();
  expect(new Set(pieces).size).toBe(pieces.length);
});

it("knows for every character of the basic plane a cost that covers its tokens", () => {
  const characters = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code));
  const dear = characters.filter(
    (one) => (unitCosts[one.charCodeAt(0) >> 6] ?? 0) < realTokens(one) * TOKEN,
  );
  expect(CHEAP_BLOCKS.replaceAll("\n", "")).toHaveLength(256);
  expect(dear).toEqual([]);
});
