import type { ReviewThread } from "../review-thread.ts";
import { isWhole, type PackedThread } from "./packed.ts";

/** A thread that is not in the answer, or not whole, and how to get it. */
export interface Omission {
  readonly thread_id: string;
  /** `budget`, `limit`, `unreadable`, or the code of the error that stopped its reading. */
  readonly reason: string;
  /** The tool that gets the whole thread by its id. */
  readonly how: "get_review_threads";
}

/** How many there are, how many the answer holds, and how many were not asked for. */
export interface Count {
  /** `null` while the list has not been read to its end. */
  readonly total: number | null;
  readonly returned: number;
  readonly filtered_out: number;
}

/** What an answer holds and what it does not: the proof that nothing is lost silently. */
export interface Receipt {
  /** True only when everything asked for is here, and the cursors of both levels prove it. */
  readonly complete: boolean;
  readonly threads: Count;
  readonly comments: Count;
  readonly omitted: readonly Omission[];
  /** Call again with it, and the same arguments, for what comes next. */
  readonly next_cursor: string | null;
}

/** What a receipt is made out from. */
export interface ReceiptFacts {
  /** Threads of the pull request in all, where known. */
  readonly totalThreads: number;
  /** Everything that was read, before any of it was left out. */
  readonly read: readonly ReviewThread[];
  /** What remained of it after filters. */
  readonly selected: readonly ReviewThread[];
  readonly packed: readonly PackedThread[];
  readonly skipped: readonly ReviewThread[];
  readonly nextCursor: string | undefined;
  /** What is missing for reasons of the caller's own. */
  readonly further?: readonly Omission[];
  /** Whether the read began at the start and reached the end without a gap. */
  readonly sawEverything: boolean;
}

/** Makes out the receipt of an answer. */
export function receiptOf(facts: ReceiptFacts): Receipt {
  const { totalThreads, read, selected, packed, skipped, nextCursor, sawEverything } = facts;
  const omitted = [
    ...packed.filter((each) => !isWhole(each)).map(({ thread }) => omission(thread)),
    ...skipped.map(omission),
    ...(facts.further ?? []),
  ];
  const complete = sawEverything && omitted.length === 0 && nextCursor === undefined;
  const returned = packed.reduce((sum, { comments }) => sum + comments.length, 0);
  const filtered = commentsIn(read) - commentsIn(selected);
  return {
    complete,
    threads: {
      total: totalThreads,
      returned: packed.length,
      filtered_out: read.length - selected.length,
    },
    comments: {
      total: sawEverything ? commentsIn(read) : null,
      returned,
      filtered_out: filtered,
    },
    omitted,
    next_cursor: nextCursor ?? null,
  };
}

function omission({ id, incomplete }: ReviewThread): Omission {
  return { thread_id: id, reason: incomplete ?? "budget", how: "get_review_threads" };
}

function commentsIn(threads: readonly ReviewThread[]): number {
  return threads.reduce((sum, { totalComments }) => sum + totalComments, 0);
}
