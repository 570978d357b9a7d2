import type { GraphQLResolveInfo } from "graphql";

import { connect, type Connection, type PageArguments } from "../graphql/connection.ts";
import type { SeedThread } from "../seed.ts";
import { Actor } from "./actor.ts";
import type { PullRequest } from "./pull-request.ts";
import type { Repository } from "./repository.ts";
import { ReviewComment } from "./review-comment.ts";

/** A review thread: a place in the diff, its comments, and whether it is settled. */
export class ReviewThread {
  readonly __typename = "PullRequestReviewThread";
  readonly seed: SeedThread;
  readonly pullRequest: PullRequest;

  constructor(pullRequest: PullRequest, seed: SeedThread) {
    this.pullRequest = pullRequest;
    this.seed = seed;
  }

  get id(): string {
    return this.seed.id;
  }

  get repository(): Repository {
    return this.pullRequest.repository;
  }

  get path(): string {
    return this.seed.path;
  }

  get line(): number | null {
    if (this.seed.line !== undefined) return this.seed.line;
    return this.isOutdated || this.subjectType === "FILE" ? null : 1;
  }

  get originalLine(): number | null {
    if (this.seed.originalLine !== undefined) return this.seed.originalLine;
    return this.subjectType === "FILE" ? null : (this.line ?? 1);
  }

  get startLine(): number | null {
    return this.seed.startLine ?? null;
  }

  get originalStartLine(): number | null {
    return this.seed.originalStartLine ?? this.startLine;
  }

  get diffSide(): "LEFT" | "RIGHT" {
    return this.seed.diffSide ?? "RIGHT";
  }

  get startDiffSide(): "LEFT" | "RIGHT" | null {
    if (this.seed.startDiffSide !== undefined) return this.seed.startDiffSide;
    return this.originalStartLine === null ? null : this.diffSide;
  }

  get subjectType(): "LINE" | "FILE" {
    return this.seed.subjectType ?? "LINE";
  }

  get isResolved(): boolean {
    return this.seed.isResolved ?? false;
  }

  get isOutdated(): boolean {
    return this.seed.isOutdated ?? false;
  }

  get isCollapsed(): boolean {
    return this.seed.isCollapsed ?? (this.isResolved || this.isOutdated);
  }

  get resolvedBy(): Actor | null {
    const { resolvedBy, isResolved } = this.seed;
    const login = resolvedBy === undefined && isResolved === true ? "octocat" : resolvedBy;
    if (login === null || login === undefined) return null;
    return new Actor(this.repository.view.webUrl, login);
  }

  get viewerCanReply(): boolean {
    return this.seed.viewerCanReply ?? this.repository.viewerCanWrite;
  }

  get viewerCanResolve(): boolean {
    return this.seed.viewerCanResolve ?? (this.repository.viewerCanWrite && !this.isResolved);
  }

  get viewerCanUnresolve(): boolean {
    return this.seed.viewerCanUnresolve ?? (this.repository.viewerCanWrite && this.isResolved);
  }

  /** Every comment the viewer may see: a pending one is its author's alone. */
  get allComments(): readonly ReviewComment[] {
    const comments = this.seed.comments.map((seed) => this.comment(seed));
    return comments.filter((comment) => comment.state !== "PENDING" || comment.viewerDidAuthor);
  }

  comment(seed: SeedThread["comments"][number]): ReviewComment {
    return new ReviewComment(this.pullRequest, this, seed);
  }

  comments(
    args: PageArguments,
    _context: unknown,
    info: GraphQLResolveInfo,
  ): Connection<ReviewComment> {
    return connect(this.id, info, args, this.allComments);
  }
}
