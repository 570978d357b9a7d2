import { parsePullRequest, type PullRequestRef } from "@pr-review/github-comments";

import { requireAllowedRepo } from "./allowed-repos.ts";
import { ToolError } from "./errors.ts";
import type { ToolContext } from "./tool.ts";

/**
 * The repository of the pull request under `url`, for tools whose other arguments name none; without a
 * URL any will do, unless the caller is bound to some. Sends nothing. Throws `repository-required`,
 * `repository-not-allowed`, and what `parsePullRequest` throws.
 */
export function locateRepository(
  url: string | undefined,
  { github, allowedRepos }: Pick<ToolContext, "github" | "allowedRepos">,
): Pick<PullRequestRef, "host" | "owner" | "repo"> | undefined {
  if (url) {
    const repository = parsePullRequest(url, github.hosts);
    requireAllowedRepo(repository, allowedRepos);
    return repository;
  }
  if (allowedRepos === undefined) return undefined;
  throw new ToolError(
    "repository-required",
    "Give pr_url, the pull request the threads are on: this API key is for certain repositories, and ids do not tell theirs.",
  );
}
