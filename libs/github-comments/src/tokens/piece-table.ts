import { priceInWord, priceOf, TOKEN } from "./piece-price.ts";
import { ROOT, Slots } from "./slots.ts";
import { isSeam, unpackPieces } from "./unpack-pieces.ts";

const SMALL_A = 97;
const SMALL_Z = 122;

/** Longest-match segmentation, worked out beforehand for every piece and every prefix of one. */
export interface PieceTable {
  readonly slots: Slots;
  /** By node: what is paid if no piece goes on from there, for all but `rest`. */
  readonly paid: Uint16Array;
  /** The same where a small letter comes next. */
  readonly paidInWord: Uint16Array;
  /** By node: the node for the part that is not paid then. */
  readonly rest: Uint16Array;
  /** By node: what is owed if the text ends there. */
  readonly owed: Uint16Array;
}

/** The pieces from `start` to before `end`, which all begin with the `depth` units that lead to `node`. */
interface Branch {
  readonly node: number;
  readonly depth: number;
  readonly start: number;
  readonly end: number;
}

type Settlement = readonly [paid: number, rest: number];

let table: PieceTable | undefined;

/** The table of all pieces, made at the first call, which takes a moment. */
export function pieceTable(): PieceTable {
  table ??= makeTable(unpackPieces());
  return table;
}

/** Goes from short to long, so that what a node falls back to is known before the node. */
function makeTable(pieces: readonly string[]): PieceTable {
  const slots = new Slots();
  const { length } = slots.base;
  const paid = new Uint16Array(length);
  const paidInWord = new Uint16Array(length);
  const rest = new Uint16Array(length);
  const owed = new Uint16Array(length);
  const branches: Branch[] = [{ node: ROOT, depth: 0, start: 0, end: pieces.length }];
  for (const { node, depth, start, end } of branches) {
    const bounds = boundsOf(pieces, depth, start, end);
    const units = bounds.slice(0, -1).map((bound) => pieces[bound]?.charCodeAt(depth) ?? 0);
    slots.settle(node, units);
    for (const [place, unit] of units.entries()) {
      const [first = end, next = end] = bounds.slice(place, place + 2);
      const child = (slots.base[node] ?? 0) + unit;
      const piece = pieces[first] ?? "";
      if (piece.length > depth + 1) enter(child, fallBack(node, unit));
      else if (isSeam(piece)) enter(child, [2 * TOKEN, slots.childOf(ROOT, unit) ?? ROOT]);
      else enter(child, [priceOf(piece), ROOT], priceInWord(piece));
      const goesOn = piece.length > depth + 1 || next - first > 1;
      if (goesOn) branches.push({ node: child, depth: depth + 1, start: first, end: next });
    }
  }
  return { slots, paid, paidInWord, rest, owed };

  function enter(node: number, [price, left]: Settlement, inWord = price): void {
    paid[node] = price;
    paidInWord[node] = inWord;
    rest[node] = left;
    owed[node] = price + (owed[left] ?? 0);
  }

  /** What is paid up to where `unit` can follow the rest of `node`, and where that leads. */
  function fallBack(node: number, unit: number): Settlement {
    const fee = (isSmall(unit) ? paidInWord : paid)[node] ?? 0;
    const left = rest[node] ?? ROOT;
    const next = slots.childOf(left, unit);
    if (next !== undefined) return [fee, next];
    const [more, end] = fallBack(left, unit);
    return [fee + more, end];
  }
}

/** Where each group of pieces with the same unit at `depth` begins; last, where the last one ends. */
function boundsOf(pieces: readonly string[], depth: number, start: number, end: number): number[] {
  const bounds: number[] = [];
  let previous = Number.NaN;
  for (let place = start; place < end; place++) {
    const unit = pieces[place]?.charCodeAt(depth) ?? Number.NaN;
    if (unit === previous || Number.isNaN(unit)) continue;
    bounds.push(place);
    previous = unit;
  }
  return [...bounds, end];
}

/** True for the small letters of ASCII. */
export function isSmall(unit: number): boolean {
  return unit >= SMALL_A && unit <= SMALL_Z;
}
