import type { SeedComment, SeedPullRequest, SeedReview } from "../seed.ts";
import { databaseIdOf, momentOf, nodeIdOf } from "./identity.ts";

/**
 * The seed's reviews, then those it leaves out: on GitHub every thread comment belongs to a review, so
 * comments without `reviewId` get one per author, COMMENTED and without a body.
 */
export function reviewsOf(pullRequest: SeedPullRequest, place: string): readonly SeedReview[] {
  const implied = new Map<string, SeedReview>();
  for (const comment of pullRequest.threads.flatMap(({ comments }) => comments)) {
    if (comment.reviewId !== undefined) continue;
    const review = impliedReview(comment, place);
    if (!implied.has(review.id)) implied.set(review.id, review);
  }
  return [...(pullRequest.reviews ?? []), ...implied.values()];
}

/** The review a comment without `reviewId` belongs to. */
export function impliedReview(comment: SeedComment, place: string): SeedReview {
  const author = comment.author === undefined ? { login: "octocat" } : comment.author;
  const pending = comment.state === "PENDING";
  const id = nodeIdOf("PRR", `${place}/${author?.login ?? "ghost"}${pending ? "/pending" : ""}`);
  return {
    id,
    fullDatabaseId: databaseIdOf(id),
    author,
    body: "",
    state: pending ? "PENDING" : "COMMENTED",
    submittedAt: pending ? null : (comment.createdAt ?? momentOf(comment.id)),
  };
}

/** GitHub's summary of the reviews: each reviewer's latest verdict counts. */
export function decisionOf(
  reviews: readonly SeedReview[],
): "APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED" {
  const verdicts = new Map<string, string>();
  for (const { author, state } of reviews) {
    if (state !== "COMMENTED" && state !== "PENDING") verdicts.set(author?.login ?? "ghost", state);
  }
  const latest = [...verdicts.values()];
  if (latest.includes("CHANGES_REQUESTED")) return "CHANGES_REQUESTED";
  return latest.includes("APPROVED") ? "APPROVED" : "REVIEW_REQUIRED";
}
