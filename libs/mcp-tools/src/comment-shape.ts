import type {
  Form,
  PackedComment,
  PackedThread,
  ReviewComment,
  ReviewThread,
} from "@pr-review/github-comments";

/** A comment as clients see it. Keys are only ever added; an unset one is absent in JSON. */
export type CommentShape = Readonly<Record<string, unknown>> & { readonly id: string };

/** How much is said of each comment: all there is, or what a reader of Markdown sees as well. */
export type Detail = "full" | "lean";

/** All comments in the order of their threads, flattened as clients of the predecessor expect. */
export function toShapes(threads: readonly PackedThread[], detail: Detail): CommentShape[] {
  return threads.flatMap(({ thread, comments }) =>
    comments.map((packed) => toShape(packed, thread, detail)),
  );
}

/** The pieces of a comment as JSON, for their prices. */
export function jsonForm(detail: Detail): Form {
  const cuts = ["body", "quotes", "diff_hunk"] as const;
  return {
    frame: (comment, thread) =>
      JSON.stringify(toShape({ comment, body: "", diffHunk: "", cuts }, thread, detail)),
    body: (text) => JSON.stringify(text),
    hunk: (text) => JSON.stringify(text),
    note: ({ id: thread_id, incomplete }) =>
      JSON.stringify({ thread_id, reason: incomplete ?? "budget", how: "get_review_threads" }),
  };
}

/** The keys of the predecessor come first and in its order. */
function toShape(packed: PackedComment, thread: ReviewThread, detail: Detail): CommentShape {
  const { comment, body, diffHunk, cuts } = packed;
  return {
    id: comment.id,
    user: { login: comment.author },
    path: comment.path,
    line: comment.line ?? 0,
    body,
    diff_hunk: diffHunk,
    is_resolved: thread.isResolved,
    is_outdated: thread.isOutdated,
    resolved_by: thread.resolvedBy,
    thread_id: thread.id,
    ...(cuts.length > 0 && { cut: cuts }),
    ...(detail === "full" && details(comment, thread)),
  };
}

function details(comment: ReviewComment, thread: ReviewThread): object {
  return {
    kind: thread.kind,
    url: comment.url,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_type: comment.authorType,
    author_association: comment.authorAssociation,
    trust: comment.trust,
    side: thread.side,
    subject_type: thread.subjectType,
    start_line: comment.startLine,
    original_line: comment.originalLine,
    original_start_line: comment.originalStartLine,
    commit: comment.commit,
    in_reply_to: comment.inReplyTo,
    database_id: comment.databaseId,
    review_id: comment.reviewId,
    review_state: comment.reviewState,
    minimized: comment.minimized,
    suggestion: suggestionOf(comment),
    sanitised: comment.sanitised,
    viewer_can_resolve: thread.canResolve,
    viewer_can_reply: thread.canReply,
  };
}

/** What each suggestion would replace, and with what. */
function suggestionOf({ suggestions, line, startLine, originalLine }: ReviewComment): unknown {
  if (suggestions.length === 0) return undefined;
  const end_line = line ?? originalLine;
  const start_line = startLine ?? end_line;
  return suggestions.map((replacement) => ({ start_line, end_line, replacement }));
}
