import type { PageArguments } from "../graphql/connection.ts";
import type { PullRequest } from "./pull-request.ts";

/** The filters and the order of `Repository.pullRequests` that the double knows. */
export interface PullRequestFilter extends PageArguments {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly orderBy?: PullRequestOrder | null;
}

/** GitHub's `IssueOrder`. */
export interface PullRequestOrder {
  readonly field: "CREATED_AT" | "UPDATED_AT" | "COMMENTS";
  readonly direction: "ASC" | "DESC";
}

/** The pull requests that pass, oldest first unless ordered otherwise. */
export function choosePullRequests(
  pullRequests: readonly PullRequest[],
  { states, headRefName, baseRefName, orderBy }: PullRequestFilter,
): readonly PullRequest[] {
  const chosen = pullRequests.filter(
    (pullRequest) =>
      (!states || states.includes(pullRequest.state)) &&
      (!headRefName || headRefName === pullRequest.headRefName) &&
      (!baseRefName || baseRefName === pullRequest.baseRefName),
  );
  return sortPullRequests(chosen, orderBy ?? { field: "CREATED_AT", direction: "ASC" });
}

/** Sorted, ties by number. */
export function sortPullRequests(
  pullRequests: readonly PullRequest[],
  { field, direction }: PullRequestOrder,
): readonly PullRequest[] {
  const sign = direction === "ASC" ? 1 : -1;
  return pullRequests.toSorted(
    (one, other) => sign * (compare(one, other, field) || one.number - other.number),
  );
}

function compare(one: PullRequest, other: PullRequest, field: PullRequestOrder["field"]): number {
  if (field === "COMMENTS") return one.totalCommentsCount - other.totalCommentsCount;
  const key = field === "CREATED_AT" ? "createdAt" : "updatedAt";
  return Date.parse(one[key]) - Date.parse(other[key]);
}
