import type { GitHub } from "../connection/github.ts";
import { standardError } from "../diagnose/standard-error.ts";
import { GitHubError } from "../errors.ts";
import {
  type OpenPullRequests,
  openPullRequests,
  type PullRequestNode,
  type PullRequestNodes,
  type RepositoryNode,
} from "../queries/open-pull-requests.ts";
import { isOwner, isRepo, type PullRequestRef } from "./pull-request-ref.ts";

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

type Candidate = Omit<PullRequestRef, "host">;

const oldestFirst = { field: "CREATED_AT", direction: "ASC" };
const latestFirst = { field: "UPDATED_AT", direction: "DESC" };

/**
 * Finds the open pull request of a branch, or of a repository, with one query. Of a fork it also finds
 * those sent to the repository it was forked from, and then names that one. Throws `no-open-pr` and
 * other `GitHubError`s.
 */
export async function resolvePullRequest(
  github: GitHub,
  search: PullRequestSearch,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PullRequestRef> {
  const { owner, repo, branch, strategy } = search;
  if (!isOwner(owner) || !isRepo(repo)) throw standardError("not-found");
  const byBranch = strategy === "branch" || strategy === "error";
  if (byBranch && branch === undefined) {
    throw noOpenPr("Branch strategy requires a branch name to be specified");
  }
  const order = strategy === "first" ? oldestFirst : latestFirst;
  const variables = { owner, repo, branch, byBranch, order };
  const { data, refusal } = await github.query(openPullRequests, variables, { signal });
  if (data.repository === null) throw standardError("not-found");

  const candidates = byBranch ? ofBranch(data.repository) : ofRepository(data.repository);
  const [chosen] = candidates;
  // What GitHub left out could be the one that was asked for, or a second one.
  if (refusal !== undefined && (chosen === undefined || strategy === "error")) throw refusal;
  if (strategy === "error" && candidates.length > 1) {
    throw noOpenPr(`More than one open PR found for branch '${branch}' in ${owner}/${repo}`);
  }
  if (chosen === undefined) throw noneFound(search, data.repository);
  return { host: github.server.host, ...chosen };
}

/** Two forks can have a branch of one name: the repository's own comes before any other's. */
function ofBranch(found: OpenPullRequests): readonly Candidate[] {
  const own = pick(found, found.onBranch, ({ isCrossRepository }) => !isCrossRepository);
  const ours = [...own, ...sentUpstream(found, found.parent?.onBranch)];
  return ours.length > 0 ? ours : pick(found, found.onBranch);
}

function ofRepository(found: OpenPullRequests): readonly Candidate[] {
  const own = pick(found, found.listed);
  return own.length > 0 ? own : sentUpstream(found, found.parent?.listed);
}

/** Those that came to the parent from the fork's owner; strangers' are none of ours. */
function sentUpstream(
  { parent, owner }: OpenPullRequests,
  nodes: PullRequestNodes | undefined,
): readonly Candidate[] {
  if (parent === null) return [];
  const login = owner.login.toLowerCase();
  return pick(parent, nodes, ({ isCrossRepository, headRepositoryOwner }) => {
    return isCrossRepository && headRepositoryOwner?.login?.toLowerCase() === login;
  });
}

function pick(
  { owner, name }: RepositoryNode,
  connection: PullRequestNodes | undefined,
  isMeant: (node: PullRequestNode) => boolean = () => true,
): readonly Candidate[] {
  return (connection?.nodes ?? [])
    .filter((node) => node !== null)
    .filter(isMeant)
    .map(({ number }) => ({ owner: owner.login, repo: name, number }));
}

function noneFound(
  { owner, repo, branch, strategy }: PullRequestSearch,
  found: OpenPullRequests,
): GitHubError {
  if (strategy === "latest" || strategy === "first") {
    return noOpenPr(`No open PRs found for ${owner}/${repo}`);
  }
  if (strategy === "branch" && pick(found, found.listed).length === 0) {
    return noOpenPr(`No open PRs found for ${owner}/${repo} (current branch: ${branch})`);
  }
  return noOpenPr(`No open PR found for branch '${branch}' in ${owner}/${repo}`);
}

function noOpenPr(message: string): GitHubError {
  return new GitHubError("no-open-pr", message);
}
