/** What one token costs: costs are counted in eighths of a token. */
export const TOKEN = 8;

/** One or two letters: what unknown words fall into. */
const CRUMB = /^[A-Za-z]{1,2}$/;

/** Three letters, marks among themselves, line ends among blanks, and whatever is not ASCII. */
const UNSURE =
  /^[^\sA-Za-z]?[A-Za-z]{1,2}$|^[A-Za-z]{3}$|^[^\sA-Za-z\d]{2,}$|^(?=.*[\r\n])\s+$|\P{ASCII}/su;

/** A word without the blank before it. */
const WORD = /^[A-Za-z][a-z]{3,}$/;

/** Digits of other scripts: they count towards the groups of three, and so shift those after them. */
const FOREIGN_DIGIT = /(?!\d)\p{N}/u;

/**
 * The cost of a piece. Tokenizers join neighbours step by step, so their cuts are at times worse
 * than the longest match; where that happens, pieces cost a little more than a token.
 */
export function priceOf(piece: string): number {
  if (FOREIGN_DIGIT.test(piece)) return 2 * TOKEN;
  if (CRUMB.test(piece)) return TOKEN + 2;
  return UNSURE.test(piece) ? TOKEN + 1 : TOKEN;
}

/** Whole words that are run together, as in "updatemethod", fall apart: each may be twice its price. */
export function priceInWord(piece: string): number {
  return WORD.test(piece) ? 2 * TOKEN : priceOf(piece);
}
