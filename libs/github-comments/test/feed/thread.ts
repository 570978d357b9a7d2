import type { ReviewComment, ReviewThread } from "../../src/index.ts";

/** A comment with everything at its most ordinary. */
export function comment(changes: Partial<ReviewComment> = {}): ReviewComment {
  return {
    id: "PRRC_1",
    databaseId: "1",
    author: "alice",
    authorType: "human",
    authorAssociation: "MEMBER",
    trust: "maintainer",
    body: "Please rename this.",
    diffHunk: "@@ -1 +1 @@\n-a\n+b",
    suggestions: [],
    sanitised: undefined,
    url: "https://github.com/acme/widgets/pull/7#discussion_r1",
    createdAt: "2026-03-02T08:00:00Z",
    updatedAt: "2026-03-02T08:00:00Z",
    commit: undefined,
    inReplyTo: undefined,
    reviewId: undefined,
    reviewState: undefined,
    minimized: undefined,
    path: "src/a.ts",
    line: 3,
    startLine: undefined,
    originalLine: 3,
    originalStartLine: undefined,
    ...changes,
  };
}

/** A thread of those comments. */
export function thread(
  changes: Partial<ReviewThread> = {},
  comments: readonly ReviewComment[] = [comment()],
): ReviewThread {
  return {
    id: "PRRT_1",
    kind: "review_comment",
    isResolved: false,
    isOutdated: false,
    resolvedBy: undefined,
    side: "RIGHT",
    subjectType: "LINE",
    canReply: true,
    canResolve: true,
    comments,
    totalComments: comments.length,
    incomplete: undefined,
    path: "src/a.ts",
    line: 3,
    startLine: undefined,
    originalLine: 3,
    originalStartLine: undefined,
    ...changes,
  };
}
