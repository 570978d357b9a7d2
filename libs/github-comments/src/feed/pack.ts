import type { ReviewComment, ReviewThread } from "../review-thread.ts";
import { cutToTokens } from "../tokens/cut-to-tokens.ts";
import { type PackedThread, wholeThread } from "./packed.ts";
import type { Prices } from "./price.ts";
import { withoutQuotes } from "./quotes.ts";

/** The threads that fit a budget, and those that come next. */
export interface Packing {
  readonly packed: readonly PackedThread[];
  /** The first thread, when even its ends are too large: its id has to do. */
  readonly skipped: readonly ReviewThread[];
  /** Threads whose turn did not come. */
  readonly rest: readonly ReviewThread[];
}

/** Tokens of a body that every head and last reply keeps, while any other body is cut. */
const floorTokens = 40;

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
    if (thread.incomplete !== undefined) left -= prices.note(thread);
    for (const comment of thread.comments) {
      const { body, diffHunk } = comment;
      left -= prices.frame(comment, thread) + prices.body(body) + prices.hunk(diffHunk);
      if (left < 0) return false;
    }
  }
  return true;
}

/** Each step spends what is left, in turn, until the first thing that no longer fits. */
function grow(floors: readonly Floor[], budget: number): void {
  const purse = { left: budget };
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

interface Purse {
  left: number;
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

/** A comment on its way from an excerpt, or from nothing, to its whole. */
class Entry {
  isPresent: boolean;
  /** What it costs as it stands; nothing while it is absent. */
  cost = 0;
  readonly #comment: ReviewComment;
  readonly #thread: ReviewThread;
  readonly #prices: Prices;
  readonly #unquoted: string;
  #body: string;
  #hunk = "";

  constructor(
    comment: ReviewComment,
    thread: ReviewThread,
    { prices, isEnd }: { readonly prices: Prices; readonly isEnd: boolean },
  ) {
    this.#comment = comment;
    this.#thread = thread;
    this.#prices = prices;
    this.isPresent = isEnd;
    this.#unquoted = withoutQuotes(comment.body);
    this.#body = isEnd ? cutToTokens(this.#unquoted, floorTokens) : "";
    if (isEnd) this.cost = prices.frame(comment, thread) + prices.body(this.#body);
  }

  /** Takes in the whole body but its quotations, or as much as the purse allows; false at its end. */
  growBody(purse: Purse): boolean {
    const frame = this.#prices.frame(this.#comment, this.#thread);
    const room = purse.left + this.cost - frame;
    const whole = this.#prices.body(this.#unquoted);
    if (whole <= room) {
      this.#spend(purse, frame + whole);
      this.#body = this.#unquoted;
      this.isPresent = true;
      return true;
    }
    // A form may write a body at up to twice its own price, as JSON does with line ends.
    const part = cutToTokens(this.#unquoted, Math.floor(room / 2));
    if (room / 2 > floorTokens && this.#prices.body(part) <= room) {
      this.#spend(purse, frame + this.#prices.body(part));
      this.#body = part;
      this.isPresent = true;
    }
    return false;
  }

  restoreQuotes(purse: Purse): boolean {
    const { body } = this.#comment;
    if (this.#body === body) return true;
    const more = this.#prices.body(body) - this.#prices.body(this.#body);
    if (more > purse.left) return false;
    purse.left -= more;
    this.#body = body;
    return true;
  }

  restoreHunk(purse: Purse): boolean {
    const cost = this.#prices.hunk(this.#comment.diffHunk);
    if (cost > purse.left) return false;
    purse.left -= cost;
    this.#hunk = this.#comment.diffHunk;
    return true;
  }

  pack(): PackedThread["comments"][number] {
    const { body, diffHunk } = this.#comment;
    const isCut = this.#body !== body && this.#body !== this.#unquoted;
    const cuts = [
      ...(isCut ? (["body"] as const) : []),
      ...(this.#body === this.#unquoted && body !== this.#unquoted ? (["quotes"] as const) : []),
      ...(this.#hunk === diffHunk ? [] : (["diff_hunk"] as const)),
    ];
    return { comment: this.#comment, body: this.#body, diffHunk: this.#hunk, cuts };
  }

  #spend(purse: Purse, cost: number): void {
    purse.left -= cost - this.cost;
    this.cost = cost;
  }
}
