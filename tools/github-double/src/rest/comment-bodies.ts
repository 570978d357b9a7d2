import type { IssueComment } from "../model/issue-comment.ts";
import type { Remark } from "../model/remark.ts";
import type { ReviewComment } from "../model/review-comment.ts";
import type { Review } from "../model/review.ts";
import { reactionsBody } from "./reactions-body.ts";
import { nullableUserBody } from "./user-body.ts";

/** GitHub's `pull-request-review-comment`. REST knows nothing of threads or their resolution. */
export function reviewCommentBody(comment: ReviewComment, restUrl: string): unknown {
  const { thread, replyTo } = comment;
  const base = baseBody(comment, restUrl, "pulls/comments");
  const pull = addressOf(comment, restUrl, "pulls", comment.pullRequest.number);
  return {
    ...base,
    pull_request_review_id: Number(comment.pullRequestReview.fullDatabaseId),
    ...(replyTo === null ? {} : { in_reply_to_id: Number(replyTo.fullDatabaseId) }),
    body: comment.body,
    diff_hunk: comment.diffHunk,
    path: comment.path,
    line: comment.line,
    original_line: comment.originalLine,
    start_line: comment.startLine,
    original_start_line: comment.originalStartLine,
    side: thread.diffSide,
    start_side: thread.startDiffSide,
    subject_type: comment.subjectType.toLowerCase(),
    commit_id: comment.commit.oid,
    original_commit_id: comment.originalCommit.oid,
    pull_request_url: pull,
    _links: {
      self: { href: base.url },
      html: { href: comment.url },
      pull_request: { href: pull },
    },
    reactions: reactionsBody(comment, base.url),
  };
}

/** GitHub's `pull-request-review`. */
export function reviewBody(review: Review, restUrl: string): unknown {
  const { number } = review.pullRequest;
  const pull = addressOf(review, restUrl, "pulls", number);
  const { id, node_id, user, author_association, html_url } = baseBody(review, restUrl, "reviews");
  return {
    id,
    node_id,
    user,
    author_association,
    html_url,
    body: review.body,
    state: review.state,
    commit_id: review.commit.oid,
    pull_request_url: pull,
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
    _links: { html: { href: review.url }, pull_request: { href: pull } },
  };
}

/** GitHub's `issue-comment`. */
export function issueCommentBody(comment: IssueComment, restUrl: string): unknown {
  const base = baseBody(comment, restUrl, "issues/comments");
  return {
    ...base,
    body: comment.body,
    issue_url: addressOf(comment, restUrl, "issues", comment.pullRequest.number),
    reactions: reactionsBody(comment, base.url),
  };
}

interface BaseBody {
  readonly id: number;
  readonly node_id: string;
  readonly url: string;
  readonly html_url: string;
  readonly user: unknown;
  readonly author_association: string;
  readonly created_at: string;
  readonly updated_at: string;
}

function baseBody(remark: Remark, restUrl: string, kind: string): BaseBody {
  const id = Number(remark.fullDatabaseId);
  return {
    id,
    node_id: remark.id,
    url: addressOf(remark, restUrl, kind, id),
    html_url: remark.url,
    user: nullableUserBody(remark.author, restUrl),
    author_association: remark.authorAssociation,
    created_at: remark.createdAt,
    updated_at: remark.updatedAt,
  };
}

function addressOf(remark: Remark, restUrl: string, kind: string, id: number): string {
  return `${restUrl}/repos/${remark.repository.nameWithOwner}/${kind}/${id}`;
}
