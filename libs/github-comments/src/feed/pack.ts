import type { ReviewThread } from "../review-thread.ts";
import { Entry, type Purse } from "./entry.ts";
import { type PackedThread, wholeThread } from "./packed.ts";
import type { Prices } from "./price.ts";

/** The threads that fit a budget, and those that come next. */
export interface Packing {
  readonly packed: readonly PackedThread[];
  /** The first thread, when even its ends are too large: its id has to do. */
  readonly skipped: readonly ReviewThread[];
  /** Threads whose turn did not come. */
  readonly rest: readonly ReviewThread[];
}

/**
 * Packs threads, first turn first, into `budget` tokens. All of them keep head, id and last reply
 * before any grows; then, in turn, replies and bodies grow, then quotations, then diff hunks. A
 * larger budget never loses an id that a smaller one had.
 */
export function packThreads(
  threads: readonly ReviewThread[],
  budget: number,
  prices: Prices,
): Packing {
  if (fitsWhole(threads, budget, prices)) {
    return { packed: threads.map(wholeThread), skipped: [], rest: [] };
  }
  const floors: Floor[] = [];
  let left = budget;
  for (const [index, thread] of threads.entries()) {
    const floor = new Floor(thread, prices);
    // Alone, so that what follows it never depends on whether it found room.
    if (index === 0 && floor.cost > budget) {
      return { packed: [], skipped: [thread], rest: threads.slice(1) };
    }
    if (floor.cost > left) {
      return { packed: floors.map((each) => each.pack()), skipped: [], rest: threads.slice(index) };
    }
    left -= floor.cost;
    floors.push(floor);
  }
  grow(floors, left);
  return { packed: floors.map((floor) => floor.pack()), skipped: [], rest: [] };
}

function fitsWhole(threads: readonly ReviewThread[], budget: number, prices: Prices): boolean {
  let left = budget;
  for (const thread of threads) {
    left -= prices.whole(thread);
    if (left < 0) return false;
  }
  return true;
}

/** Each step spends what is left, in turn, until the first thing that no longer fits. */
function grow(floors: readonly Floor[], budget: number): void {
  const purse: Purse = { left: budget };
  const entries = floors.flatMap((floor) => floor.entries);
  const steps = [
    (entry: Entry) => entry.growBody(purse),
    (entry: Entry) => entry.restoreQuotes(purse),
    (entry: Entry) => entry.restoreHunk(purse),
  ];
  for (const step of steps) {
    if (!entries.every(step)) return;
  }
}

/** A thread with its head and last reply only, which can grow. */
class Floor {
  readonly entries: readonly Entry[];
  readonly cost: number;
  readonly #thread: ReviewThread;

  constructor(thread: ReviewThread, prices: Prices) {
    const ends = new Set([thread.comments.at(0), thread.comments.at(-1)]);
    this.#thread = thread;
    this.entries = thread.comments.map(
      (comment) => new Entry(comment, thread, { prices, isEnd: ends.has(comment) }),
    );
    this.cost = this.entries.reduce((sum, { cost }) => sum + cost, prices.note(thread));
  }

  pack(): PackedThread {
    const comments = this.entries.filter(({ isPresent }) => isPresent).map((entry) => entry.pack());
    const leftOut = this.#thread.totalComments - comments.length;
    return { thread: this.#thread, comments, leftOut };
  }
}
