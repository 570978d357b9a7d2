import { TOKEN } from "./piece-price.ts";
import { isSmall, pieceTable } from "./piece-table.ts";
import { ROOT } from "./slots.ts";
import { unitCosts } from "./unit-costs.ts";

const ASCII = 0x7f;
const TAB = 9;
const SPACE = 32;

/**
 * How many tokens `text` takes, rather too many than too few: in practice never fewer than
 * o200k_base and cl100k_base count, a sixth more on English prose, a third more on code. It can
 * still be too low where somebody looks for it, as with one pair of words run together many times.
 *
 * One pass cuts the text into the longest pieces that are one token each, and counts one token for
 * good measure. Appending can lower it only by as much as one word is worth that becomes known.
 */
export function estimateTokens(text: string): number {
  const { slots, paid, paidInWord, rest, owed } = pieceTable();
  const { base, parent } = slots;
  let cost = text === "" ? 0 : TOKEN;
  let node = ROOT;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    while (node !== ROOT && parent[(base[node] ?? 0) + unit] !== node) {
      cost += (isSmall(unit) ? paidInWord : paid)[node] ?? 0;
      node = rest[node] ?? ROOT;
    }
    if (unit > ASCII && isIndented(text, place)) cost += TOKEN;
    const next = (base[node] ?? 0) + unit;
    if (parent[next] === node) node = next;
    else cost += unitCosts[unit >> 6] ?? 0;
  }
  return Math.ceil((cost + (owed[node] ?? 0)) / TOKEN);
}

/** True after two blanks or more: what is not ASCII does not join the last one. */
function isIndented(text: string, place: number): boolean {
  return isBlank(text.charCodeAt(place - 1)) && isBlank(text.charCodeAt(place - 2));
}

function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB;
}
