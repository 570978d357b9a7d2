import type { GitHub, RequestOptions } from "../connection/github.ts";
import { standardError } from "../diagnose/standard-error.ts";
import type { PullRequestRef } from "../pull-request/pull-request-ref.ts";
import { pullRequestAccess } from "../queries/pull-request-access.ts";
import type { AccessReport } from "./access-report.ts";
import { grantedScopes } from "./granted-scopes.ts";
import { refusedAccess } from "./refused-access.ts";
import { canReply, canResolve, type Standing } from "./thread-rights.ts";

const writers = new Set(["WRITE", "MAINTAIN", "ADMIN"]);

/**
 * Asks GitHub, with one point and without changing anything, what a connection can do with a pull
 * request. A refusal is an answer; throws `GitHubError` for limits, outages and the like only.
 */
export async function checkAccess(
  github: GitHub,
  pullRequest: PullRequestRef,
  options: RequestOptions = {},
): Promise<AccessReport> {
  try {
    const standing = await ask(github, pullRequest, options);
    const canRead = { ok: true };
    return { canRead, canReply: canReply(standing), canResolve: canResolve(standing) };
  } catch (error) {
    return refusedAccess(error);
  }
}

async function ask(
  github: GitHub,
  { owner, repo, number }: PullRequestRef,
  { signal }: RequestOptions,
): Promise<Standing> {
  const variables = { owner, repo, number };
  const answer = await github.query(pullRequestAccess, variables, { signal });
  const { repository } = answer.data;
  const pullRequest = repository?.pullRequest;
  if (!repository || !pullRequest) throw standardError("not-found");
  return {
    scopes: grantedScopes(github, answer),
    isPrivate: repository.isPrivate,
    canWrite: writers.has(repository.viewerPermission ?? ""),
    isAuthor: pullRequest.viewerDidAuthor,
    thread: pullRequest.reviewThreads.nodes?.[0] ?? undefined,
  };
}
