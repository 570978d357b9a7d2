/** Where a thread or comment stands in the diff; a line is `undefined` when GitHub knows none. */
export interface Anchor {
  readonly path: string;
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  /** The lines at the time of writing; they stay when a later push makes the comment outdated. */
  readonly originalLine: number | undefined;
  readonly originalStartLine: number | undefined;
}

/** One comment of a review. Text is as its author wrote it: untrusted. */
export interface ReviewComment extends Anchor {
  readonly id: string;
  /** Login, or `unknown` when the account is gone. */
  readonly author: string;
  readonly body: string;
  readonly diffHunk: string;
  readonly url: string | undefined;
  readonly createdAt: string | undefined;
}

/** A thread of comments on one place of the diff. */
export interface ReviewThread extends Anchor {
  readonly id: string;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly resolvedBy: string | undefined;
  /** `LEFT` is the old side of the diff, `RIGHT` the new. */
  readonly side: string;
  /** `LINE` or `FILE`. */
  readonly subjectType: string;
  readonly comments: readonly ReviewComment[];
  /** How many comments GitHub has, which may be more than are here. */
  readonly totalComments: number;
}

/** What was read of a pull request, and whether that is all. */
export interface ReviewThreads {
  readonly threads: readonly ReviewThread[];
  readonly totalThreads: number;
  /** True only when the cursors of both levels were followed to their ends. */
  readonly complete: boolean;
}
