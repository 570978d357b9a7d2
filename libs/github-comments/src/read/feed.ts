import type { ReviewThread } from "../review-thread.ts";
import type { ReadCost } from "./ledger.ts";

/** Where each of the three lists goes on; a list that is absent has been read to its end. */
export interface FeedPosition {
  readonly threads?: string | undefined;
  readonly reviews?: string | undefined;
  readonly conversation?: string | undefined;
}

/** What was read of a pull request, and how far. */
export interface Feed {
  /** Threads in GitHub's order, then reviews, then the conversation, each oldest first. */
  readonly threads: readonly ReviewThread[];
  /** Threads of the kinds asked for that GitHub has in all. */
  readonly totalThreads: number;
  /** Where to go on when this is not all; absent when it is. */
  readonly next: FeedPosition | undefined;
  /** Why it is not all, or not all can be trusted to be there: a limit, or the code of an error. */
  readonly gaps: readonly string[];
  readonly cost: ReadCost;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
}
