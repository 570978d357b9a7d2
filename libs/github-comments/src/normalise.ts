import type { CommentNode } from "./queries/fields.ts";
import type { ThreadNode } from "./queries/review-threads.ts";
import type { Anchor, ReviewComment, ReviewThread } from "./review-thread.ts";

/** A comment of ours from one of GitHub's; a missing author, body or path costs only itself. */
export function toComment(node: CommentNode): ReviewComment {
  return {
    id: node.id,
    author: nameOf(node.author?.login),
    body: node.body ?? "",
    diffHunk: node.diffHunk ?? "",
    url: node.url ?? undefined,
    createdAt: node.createdAt ?? undefined,
    ...toAnchor(node),
  };
}

/** A thread of ours from one of GitHub's, with the comments given. */
export function toThread(node: ThreadNode, comments: readonly ReviewComment[]): ReviewThread {
  return {
    id: node.id,
    isResolved: node.isResolved,
    isOutdated: node.isOutdated,
    resolvedBy: node.resolvedBy?.login ?? undefined,
    side: node.diffSide,
    subjectType: node.subjectType,
    comments,
    totalComments: node.comments.totalCount,
    ...toAnchor(node),
  };
}

function toAnchor(node: CommentNode | ThreadNode): Anchor {
  return {
    path: nameOf(node.path),
    line: node.line ?? undefined,
    startLine: node.startLine ?? undefined,
    originalLine: node.originalLine ?? undefined,
    originalStartLine: node.originalStartLine ?? undefined,
  };
}

function nameOf(text: string | null | undefined): string {
  const name = text?.trim() ?? "";
  return name === "" ? "unknown" : name;
}
