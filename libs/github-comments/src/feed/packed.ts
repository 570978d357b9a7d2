import type { ReviewComment, ReviewThread } from "../review-thread.ts";

/** What was taken out of a comment to make it fit. */
export type Cut = "body" | "quotes" | "diff_hunk";

/** A comment as it goes out, maybe shortened. */
export interface PackedComment {
  readonly comment: ReviewComment;
  readonly body: string;
  readonly diffHunk: string;
  readonly cuts: readonly Cut[];
}

/** A thread as it goes out, with the comments that fit. */
export interface PackedThread {
  readonly thread: ReviewThread;
  readonly comments: readonly PackedComment[];
  /** How many of its comments are not here. */
  readonly leftOut: number;
}

/** Whether a thread went out as it is. */
export function isWhole({ thread, comments, leftOut }: PackedThread): boolean {
  return (
    leftOut === 0 &&
    thread.incomplete === undefined &&
    comments.every(({ cuts }) => cuts.length === 0)
  );
}

/** A comment with nothing taken out. */
export function wholeComment(comment: ReviewComment): PackedComment {
  return { comment, body: comment.body, diffHunk: comment.diffHunk, cuts: [] };
}

/** A thread with nothing taken out but what could not be read. */
export function wholeThread(thread: ReviewThread): PackedThread {
  const leftOut = thread.totalComments - thread.comments.length;
  return { thread, comments: thread.comments.map(wholeComment), leftOut };
}
