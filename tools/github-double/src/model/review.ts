import type { GraphQLResolveInfo } from "graphql";

import { connect, type Connection, type PageArguments } from "../graphql/connection.ts";
import type { SeedReview } from "../seed.ts";
import { Commit } from "./commit.ts";
import { Remark } from "./remark.ts";
import type { ReviewComment } from "./review-comment.ts";

/** A review: a verdict with a body, and the thread comments that came with it. */
export class Review extends Remark<SeedReview> {
  readonly __typename = "PullRequestReview";
  protected readonly anchor = "pullrequestreview-";

  get body(): string {
    return this.seed.body;
  }

  get state(): SeedReview["state"] {
    return this.seed.state;
  }

  get submittedAt(): string | null {
    return this.seed.submittedAt;
  }

  override get createdAt(): string {
    return this.seed.createdAt ?? this.seed.submittedAt ?? super.createdAt;
  }

  override get publishedAt(): string | null {
    return this.seed.submittedAt;
  }

  get commit(): Commit {
    return new Commit(this.repository, this.seed.commitOid ?? this.pullRequest.headRefOid);
  }

  get authorCanPushToRepository(): boolean {
    return this.seed.authorCanPushToRepository ?? PUSHERS.has(this.authorAssociation);
  }

  comments(
    args: PageArguments,
    _context: unknown,
    info: GraphQLResolveInfo,
  ): Connection<ReviewComment> {
    return connect(this.id, info, args, this.pullRequest.commentsOf(this.id));
  }
}

const PUSHERS = new Set(["COLLABORATOR", "MEMBER", "OWNER"]);
