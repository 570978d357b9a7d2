import type { GraphQLResolveInfo } from "graphql";

import { connect, type Connection, type PageArguments } from "../graphql/connection.ts";
import type { SeedComment, SeedReview } from "../seed.ts";
import { IssueComment } from "./issue-comment.ts";
import { PullRequestFacts } from "./pull-request-facts.ts";
import type { ReviewComment } from "./review-comment.ts";
import { ReviewThread } from "./review-thread.ts";
import { Review } from "./review.ts";
import { impliedReview, reviewsOf } from "./reviews.ts";

interface ReviewFilter extends PageArguments {
  readonly author?: string | null;
  readonly states?: readonly string[] | null;
}

/** A pull request, its threads, its reviews and its conversation. */
export class PullRequest extends PullRequestFacts {
  /** Threads with at least one comment the viewer may see. */
  get allThreads(): readonly ReviewThread[] {
    const threads = this.seed.threads.map((seed) => new ReviewThread(this, seed));
    return threads.filter((thread) => !thread.seed.comments.length || thread.allComments.length);
  }

  /** Every review the viewer may see: a pending one is its author's alone. */
  get allReviews(): readonly Review[] {
    const reviews = reviewsOf(this.seed, this.place).map((seed) => new Review(this, seed));
    return reviews.filter((review) => review.state !== "PENDING" || review.viewerDidAuthor);
  }

  get allIssueComments(): readonly IssueComment[] {
    return (this.seed.comments ?? []).map((seed) => new IssueComment(this, seed));
  }

  get totalCommentsCount(): number {
    return this.allThreads.flatMap(({ allComments }) => allComments).length + this.talk;
  }

  get talk(): number {
    return this.seed.comments?.length ?? 0;
  }

  /** The comments that came with a review. */
  commentsOf(reviewId: string): readonly ReviewComment[] {
    const comments = this.allThreads.flatMap(({ allComments }) => allComments);
    return comments.filter(({ seed }) => this.reviewOf(seed).id === reviewId);
  }

  /** The review a comment came with. Throws when the seed names a review that is not there. */
  reviewOf(comment: SeedComment): Review {
    if (comment.reviewId === undefined) return new Review(this, impliedReview(comment, this.place));
    const review = this.seed.reviews?.find(({ id }) => id === comment.reviewId);
    if (review === undefined) throw new Error(`the seed has no review ${comment.reviewId}`);
    return new Review(this, review);
  }

  /** The viewer's unsubmitted review, which swallows replies until it is submitted. */
  get pendingReview(): SeedReview | undefined {
    return this.allReviews.find(({ state }) => state === "PENDING")?.seed;
  }

  reviewThreads(
    args: PageArguments,
    _context: unknown,
    info: GraphQLResolveInfo,
  ): Connection<ReviewThread> {
    return connect(this.id, info, args, this.allThreads);
  }

  reviews(args: ReviewFilter, _context: unknown, info: GraphQLResolveInfo): Connection<Review> {
    const { author, states } = args;
    const chosen = this.allReviews.filter(
      (review) =>
        (states === null || states === undefined || states.includes(review.state)) &&
        (author === null || author === undefined || author === review.author?.login),
    );
    return connect(this.id, info, args, chosen, ["author", "states"]);
  }

  comments(
    args: PageArguments,
    _context: unknown,
    info: GraphQLResolveInfo,
  ): Connection<IssueComment> {
    return connect(this.id, info, args, this.allIssueComments);
  }
}
