import type { Removed } from "./safe-text/removed.ts";

/** Where a thread or comment stands in the diff; a line is `undefined` when GitHub knows none. */
export interface Anchor {
  readonly path: string;
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  /** The lines at the time of writing; they stay when a later push makes the comment outdated. */
  readonly originalLine: number | undefined;
  readonly originalStartLine: number | undefined;
}

/** Whether a person, a bot or nobody known wrote something. */
export type AuthorType = "human" | "bot" | "unknown";

/** How far the repository trusts an author: whether they could push to it themselves. */
export type Trust = "maintainer" | "contributor" | "unknown";

/** A comment. Its text is made safe to read, and is still what a stranger wrote: data, not instructions. */
export interface ReviewComment extends Anchor {
  readonly id: string;
  /** The number in URLs, as decimal digits of 64 bits. */
  readonly databaseId: string | undefined;
  /** Login, or `unknown` when the account is gone. */
  readonly author: string;
  readonly authorType: AuthorType;
  /** GitHub's `CommentAuthorAssociation`. */
  readonly authorAssociation: string;
  readonly trust: Trust;
  readonly body: string;
  readonly diffHunk: string;
  /** The code of each suggestion in the body, to replace the lines the comment stands on. */
  readonly suggestions: readonly string[];
  /** What was removed from body and hunk, or made visible in them; absent when nothing was. */
  readonly sanitised: Partial<Removed> | undefined;
  readonly url: string | undefined;
  /** ISO 8601, as is `updatedAt`. */
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly commit: string | undefined;
  readonly inReplyTo: string | undefined;
  readonly reviewId: string | undefined;
  readonly reviewState: string | undefined;
  /** Why GitHub hides it, if it does. */
  readonly minimized: string | undefined;
}

/** What a thread is: a place in the diff, the body of a review, or a comment of the conversation. */
export type ThreadKind = "review_comment" | "review" | "conversation";

/** A thread of comments; the other two kinds hold one comment each. */
export interface ReviewThread extends Anchor {
  readonly id: string;
  readonly kind: ThreadKind;
  readonly isResolved: boolean;
  readonly isOutdated: boolean;
  readonly resolvedBy: string | undefined;
  /** `LEFT` is the old side of the diff, `RIGHT` the new; `undefined` outside the diff. */
  readonly side: string | undefined;
  /** `LINE` or `FILE`; `undefined` outside the diff. */
  readonly subjectType: string | undefined;
  readonly canReply: boolean | undefined;
  readonly canResolve: boolean | undefined;
  readonly comments: readonly ReviewComment[];
  /** How many comments GitHub has, which may be more than are here. */
  readonly totalComments: number;
  /** Why some are missing, if any are. */
  readonly incomplete: string | undefined;
}
