import { estimateTokens } from "./estimate-tokens.ts";
import { graphemeStart } from "./grapheme-start.ts";

/** What stands for the part that was cut off. */
const MARK = "…";

/** No piece is longer, so more code units than this a token never fit. */
const LONGEST_PIECE = 32;

/** How much of a cut text must be left for a tidier end. */
const TIDY = 0.8;

/**
 * `text` itself if it is estimated at `max` tokens or less, else its beginning with `…`, which is.
 *
 * The beginning is the longest that fits, or ends at a line or else at a word, when that costs
 * less than a fifth of it; a grapheme is never split. Empty when not even the mark fits.
 */
export function cutToTokens(text: string, max: number): string {
  if (text.length <= max * LONGEST_PIECE && estimateTokens(text) <= max) return text;
  if (estimateTokens(MARK) > max) return "";
  const longest = longestFit(text, max);
  for (const end of tidyEnds(text, longest)) {
    if (fits(text, end, max)) return marked(text, end);
  }
  return MARK;
}

function longestFit(text: string, max: number): number {
  let low = 0;
  let high = Math.min(text.length, Math.floor(max * LONGEST_PIECE));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text, middle, max)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where to cut, best first. The estimate of less text may be higher by a little: so the search goes on. */
function* tidyEnds(text: string, longest: number): Generator<number> {
  const least = longest * TIDY;
  const line = endBefore(text, longest, isLineEnd);
  if (line > least) yield graphemeStart(text, line);
  const word = endBefore(text, longest, isBlank);
  if (word > least) yield graphemeStart(text, word);
  for (let end = graphemeStart(text, longest); end > 0; end = graphemeStart(text, end - 1))
    yield end;
}

/** The end of the last line or word up to `end`, without the blanks after it; 0 if there is none. */
function endBefore(text: string, end: number, isEnd: (unit: number) => boolean): number {
  let place = end;
  while (place > 0 && !isEnd(text.charCodeAt(place))) place--;
  while (place > 0 && isBlank(text.charCodeAt(place - 1))) place--;
  return place;
}

function isLineEnd(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || isLineEnd(unit);
}

function fits(text: string, end: number, max: number): boolean {
  return estimateTokens(marked(text, end)) <= max;
}

function marked(text: string, end: number): string {
  return text.slice(0, end) + MARK;
}
