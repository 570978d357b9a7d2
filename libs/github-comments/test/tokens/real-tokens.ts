import { encode as encodeCl100k } from "gpt-tokenizer/encoding/cl100k_base";
import { encode as encodeO200k } from "gpt-tokenizer/encoding/o200k_base";

/** No text is special: `<|endoftext|>` in a comment is eleven characters or so. */
const PLAIN = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };

/** What the more wasteful of the two tokenizers makes of `text`. */
export function realTokens(text: string): number {
  return Math.max(encodeCl100k(text, PLAIN).length, encodeO200k(text, PLAIN).length);
}
