import { TOKEN } from "./piece-price.ts";
import { CHEAP_BLOCKS } from "./pieces.ts";

const BLOCK_BITS = CHEAP_BLOCKS.replaceAll("\n", "");

/**
 * By 64 code units: what a unit costs that is no piece, in eighths of a token. The halves of a
 * surrogate pair together cost four tokens, as many as the character has bytes.
 */
export const unitCosts: Uint8Array = Uint8Array.from({ length: 1024 }, (_, block) => {
  return tokensOf(block) * TOKEN;
});

function tokensOf(block: number): number {
  if (block >= 0xdc00 >> 6 && block < 0xe000 >> 6) return 1;
  const bits = Number.parseInt(BLOCK_BITS.charAt(block >> 2), 16);
  const cheap = (bits & (8 >> (block & 3))) > 0;
  return cheap ? 2 : 3;
}
