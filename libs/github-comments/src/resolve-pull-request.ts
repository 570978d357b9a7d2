import { GitHubError } from "./errors.ts";
import type { GitHub } from "./github.ts";
import { standardError } from "./http-failure.ts";
import { isOwner, isRepo, type PullRequestRef } from "./pull-request.ts";
import { type OpenPullRequests, openPullRequests } from "./queries/open-pull-requests.ts";

/**
 * How to choose among open pull requests: that of the branch, the one updated last, the oldest,
 * or that of the branch and an error unless there is exactly one.
 */
export type SelectStrategy = "branch" | "latest" | "first" | "error";

/** Where to look. */
export interface PullRequestSearch {
  readonly owner: string;
  readonly repo: string;
  readonly branch?: string | undefined;
  readonly strategy: SelectStrategy;
}

/** Finds the open pull request of a branch with one query. Throws `no-open-pr` and other `GitHubError`s. */
export async function resolvePullRequest(
  github: GitHub,
  { owner, repo, branch, strategy }: PullRequestSearch,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PullRequestRef> {
  if (!isOwner(owner) || !isRepo(repo)) throw standardError("not-found");
  const byBranch = strategy === "branch" || strategy === "error";
  if (byBranch && branch === undefined) {
    throw noOpenPr("Branch strategy requires a branch name to be specified");
  }
  const variables = { owner, repo, branch, byBranch };
  const { data } = await github.query(openPullRequests, variables, { signal });
  if (data.repository === null) throw standardError("not-found");

  const number = choose(data.repository, { owner, repo, branch, strategy });
  return { host: github.server.host, owner, repo, number };
}

function choose(found: OpenPullRequests, search: PullRequestSearch): number {
  const { owner, repo, branch, strategy } = search;
  const [latest] = numbersIn(found.latest);
  const [first] = numbersIn(found.first);
  if (strategy === "latest" || strategy === "first") {
    const number = strategy === "latest" ? latest : first;
    if (number === undefined) throw noOpenPr(`No open PRs found for ${owner}/${repo}`);
    return number;
  }
  const own = numbersIn(found.onBranch, owner);
  const candidates = own.length > 0 ? own : numbersIn(found.onBranch);
  if (strategy === "error" && candidates.length > 1) {
    throw noOpenPr(`More than one open PR found for branch '${branch}' in ${owner}/${repo}`);
  }
  const [number] = candidates;
  if (number !== undefined) return number;
  if (strategy === "branch" && latest === undefined) {
    throw noOpenPr(`No open PRs found for ${owner}/${repo} (current branch: ${branch})`);
  }
  throw noOpenPr(`No open PR found for branch '${branch}' in ${owner}/${repo}`);
}

/** Two forks can have a branch of one name: those of `headOwner` only, when it is given. */
function numbersIn(found: OpenPullRequests["onBranch"], headOwner?: string): readonly number[] {
  return (found?.nodes ?? [])
    .filter((node) => node !== null)
    .filter(({ headRepositoryOwner }) => {
      const login = headRepositoryOwner?.login.toLowerCase();
      return headOwner === undefined || login === headOwner.toLowerCase();
    })
    .map(({ number }) => number);
}

function noOpenPr(message: string): GitHubError {
  return new GitHubError("no-open-pr", message);
}
