import type { SeedComment } from "../seed.ts";
import { Commit } from "./commit.ts";
import { oidOf } from "./identity.ts";
import type { PullRequest } from "./pull-request.ts";
import { Remark } from "./remark.ts";
import type { ReviewThread } from "./review-thread.ts";
import type { Review } from "./review.ts";

/** A comment of a review thread; its place in the file is the thread's. */
export class ReviewComment extends Remark<SeedComment> {
  readonly __typename = "PullRequestReviewComment";
  protected readonly anchor = "discussion_r";
  readonly #thread: ReviewThread;

  constructor(pullRequest: PullRequest, thread: ReviewThread, seed: SeedComment) {
    super(pullRequest, seed);
    this.#thread = thread;
  }

  get body(): string | null {
    return this.seed.body;
  }

  get diffHunk(): string | null {
    if (this.seed.diffHunk !== undefined) return this.seed.diffHunk;
    const line = this.originalLine ?? 1;
    return `@@ -${line},1 +${line},2 @@\n context of ${this.path}\n+changed line ${line}`;
  }

  get draftedAt(): string {
    return this.createdAt;
  }

  override get publishedAt(): string | null {
    return this.state === "PENDING" ? null : this.createdAt;
  }

  get state(): "PENDING" | "SUBMITTED" {
    return this.seed.state ?? "SUBMITTED";
  }

  get path(): string {
    return this.#thread.path;
  }

  get line(): number | null {
    return this.#thread.line;
  }

  get originalLine(): number | null {
    return this.#thread.originalLine;
  }

  get startLine(): number | null {
    return this.#thread.startLine;
  }

  get originalStartLine(): number | null {
    return this.#thread.originalStartLine;
  }

  get subjectType(): "LINE" | "FILE" {
    return this.#thread.subjectType;
  }

  get outdated(): boolean {
    return this.#thread.isOutdated;
  }

  /** The thread itself; REST needs its sides, GraphQL has no such field. */
  get thread(): ReviewThread {
    return this.#thread;
  }

  get replyTo(): ReviewComment | null {
    const parent = this.seed.replyTo;
    const [first] = this.#thread.allComments;
    if (parent === undefined) return first?.id === this.id ? null : (first ?? null);
    return this.#thread.allComments.find(({ id }) => id === parent) ?? null;
  }

  get pullRequestReview(): Review {
    return this.pullRequest.reviewOf(this.seed);
  }

  get commit(): Commit {
    const oid = this.seed.commitOid ?? (this.outdated ? this.originalCommit.oid : undefined);
    return new Commit(this.repository, oid ?? this.pullRequest.headRefOid);
  }

  get originalCommit(): Commit {
    const current = this.outdated
      ? oidOf(`${this.pullRequest.id}/before`)
      : this.pullRequest.headRefOid;
    return new Commit(this.repository, this.seed.originalCommitOid ?? current);
  }
}
