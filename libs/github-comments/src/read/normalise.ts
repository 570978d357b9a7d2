import type { CommentNode, RemarkNode, ThreadNode } from "../queries/fields.ts";
import type { ReviewNode } from "../queries/remarks.ts";
import type {
  Anchor,
  AuthorType,
  ReviewComment,
  ReviewThread,
  ThreadKind,
  Trust,
} from "../review-thread.ts";
import { addRemoved, NOTHING_REMOVED, type Removed } from "../safe-text/removed.ts";
import { sanitiseCode } from "../safe-text/sanitise-code.ts";
import { sanitiseLine } from "../safe-text/sanitise-line.ts";
import { sanitise } from "../safe-text/sanitise.ts";
import { suggestionsIn } from "./suggestions.ts";
import type { CompletedThread } from "./thread-completion.ts";

/** How text is made safe. */
export interface TextOptions {
  /** Whether folded `<details>` are shortened to their summaries. */
  readonly foldDetails: boolean;
  /** Hosts whose links and images stay whole. */
  readonly trustedHosts: readonly string[];
}

/** A thread of ours from one of GitHub's. */
export function toThread(
  { node, comments, incomplete }: CompletedThread,
  options: TextOptions,
): ReviewThread {
  return {
    id: node.id,
    kind: "review_comment",
    isResolved: node.isResolved,
    isOutdated: node.isOutdated,
    resolvedBy: node.resolvedBy?.login ? sanitiseLine(node.resolvedBy.login) : undefined,
    side: node.diffSide ?? undefined,
    subjectType: node.subjectType ?? undefined,
    canReply: node.viewerCanReply ?? undefined,
    canResolve: node.viewerCanResolve ?? undefined,
    comments: comments.map((comment) => toComment(comment, options)),
    totalComments: node.comments.totalCount,
    incomplete,
    ...toAnchor(node),
  };
}

/** The body of a review as a thread of its own. */
export function reviewToThread(node: ReviewNode, options: TextOptions): ReviewThread {
  const comment = toComment(node, options);
  const reviewState = node.state ?? undefined;
  return single("review", { ...comment, reviewId: node.id, reviewState });
}

/** A comment of the conversation as a thread of its own. */
export function conversationToThread(node: RemarkNode, options: TextOptions): ReviewThread {
  return single("conversation", toComment(node, options));
}

function single(kind: ThreadKind, comment: ReviewComment): ReviewThread {
  return {
    id: comment.id,
    kind,
    isResolved: false,
    isOutdated: false,
    resolvedBy: undefined,
    side: undefined,
    subjectType: undefined,
    canReply: undefined,
    canResolve: undefined,
    comments: [comment],
    totalComments: 1,
    incomplete: undefined,
    ...toAnchor({}),
  };
}

/** One literal and no spreads: this runs a thousand times a read. */
function toComment(
  node: RemarkNode & Partial<CommentNode>,
  { foldDetails, trustedHosts }: TextOptions,
): ReviewComment {
  const body = sanitise(node.body ?? "", { foldDetails, allowedImageHosts: trustedHosts });
  const hunk = sanitiseCode(node.diffHunk ?? "");
  return {
    id: node.id,
    databaseId: node.fullDatabaseId ?? undefined,
    author: nameOf(node.author?.login),
    authorType: typeOf(node.author?.__typename),
    authorAssociation: node.authorAssociation ?? "NONE",
    trust: trustOf(node.authorAssociation),
    body: body.text,
    diffHunk: hunk.text,
    suggestions: suggestionsIn(body.text),
    sanitised: withoutZeros(body.removed, hunk.removed),
    url: node.url ?? undefined,
    createdAt: node.createdAt ?? undefined,
    updatedAt: node.updatedAt ?? undefined,
    commit: node.commit?.oid,
    inReplyTo: node.replyTo?.id,
    reviewId: node.pullRequestReview?.id,
    reviewState: node.pullRequestReview?.state ?? undefined,
    minimized: node.isMinimized ? (node.minimizedReason ?? "hidden") : undefined,
    path: pathOf(node.path),
    line: node.line ?? undefined,
    startLine: node.startLine ?? undefined,
    originalLine: node.originalLine ?? undefined,
    originalStartLine: node.originalStartLine ?? undefined,
  };
}

function toAnchor(node: Partial<CommentNode | ThreadNode>): Anchor {
  return {
    path: pathOf(node.path),
    line: node.line ?? undefined,
    startLine: node.startLine ?? undefined,
    originalLine: node.originalLine ?? undefined,
    originalStartLine: node.originalStartLine ?? undefined,
  };
}

/** GraphQL logins have no `[bot]` suffix: the type of the actor tells. */
function typeOf(typename: string | null | undefined): AuthorType {
  if (typename === "Bot") return "bot";
  return typename === "User" || typename === "EnterpriseUserAccount" ? "human" : "unknown";
}

function trustOf(association: string | null | undefined): Trust {
  if (maintainers.has(association ?? "")) return "maintainer";
  return association === "CONTRIBUTOR" ? "contributor" : "unknown";
}

const maintainers = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

function nameOf(login: string | null | undefined): string {
  return sanitiseLine(login?.trim() ?? "") || "unknown";
}

/** A path is code: what cannot be seen in it is shown, not removed. */
function pathOf(path: string | null | undefined): string {
  return sanitiseCode(path?.trim() ?? "").text || "unknown";
}

/** Only what is not zero, and nothing at all when everything is. */
function withoutZeros(body: Removed, hunk: Removed): Partial<Removed> | undefined {
  if (body === NOTHING_REMOVED && hunk === NOTHING_REMOVED) return undefined;
  const counted = Object.entries(addRemoved(body, hunk)).filter(([, count]) => count > 0);
  return counted.length === 0 ? undefined : Object.fromEntries(counted);
}
