import type { ReviewComment, ReviewThread, ReviewThreads } from "@pr-review/github-comments";
import { z } from "zod";

const lineNumber = z.number().int().nonnegative();

/** A comment as clients see it. Keys are only ever added, so unknown ones are allowed. */
export const commentShape = z.looseObject({
  id: z.string(),
  user: z.looseObject({ login: z.string() }),
  path: z.string(),
  line: lineNumber.describe("0 when the comment is outdated or on a whole file"),
  body: z.string(),
  diff_hunk: z.string(),
  is_resolved: z.boolean(),
  is_outdated: z.boolean(),
  resolved_by: z.string().optional(),
  thread_id: z.string(),
  url: z.string().optional(),
  created_at: z.string().optional(),
  side: z.string(),
  subject_type: z.string(),
  start_line: lineNumber.optional(),
  original_line: lineNumber.optional(),
  original_start_line: lineNumber.optional(),
});

export type CommentShape = z.infer<typeof commentShape>;

/** All comments in thread order, flattened as clients of the predecessor expect them. */
export function toCommentShapes({ threads }: ReviewThreads): CommentShape[] {
  return threads.flatMap((thread) => thread.comments.map((comment) => toShape(comment, thread)));
}

/** Unset fields are `undefined` here and absent in JSON; the shape has never had nulls. */
function toShape(comment: ReviewComment, thread: ReviewThread): CommentShape {
  return {
    id: comment.id,
    user: { login: comment.author },
    path: comment.path,
    line: comment.line ?? 0,
    body: comment.body,
    diff_hunk: comment.diffHunk,
    is_resolved: thread.isResolved,
    is_outdated: thread.isOutdated,
    resolved_by: thread.resolvedBy,
    thread_id: thread.id,
    url: comment.url,
    created_at: comment.createdAt,
    side: thread.side,
    subject_type: thread.subjectType,
    start_line: comment.startLine,
    original_line: comment.originalLine,
    original_start_line: comment.originalStartLine,
  };
}
