import {
  type GitHub,
  GitHubError,
  parsePullRequest,
  type PullRequestPointer,
  type PullRequestSearch,
  type ReadWatch,
  resolvePullRequest,
  type SelectStrategy,
} from "@pr-review/github-comments";

import { requireAllowedRepo } from "./allowed-repos.ts";
import { ToolError } from "./errors.ts";
import type { Checkout, ToolContext } from "./tool.ts";

/** Everything by which a caller may say which pull request is meant. */
export interface PullRequestClues {
  /** Any form that `parsePullRequest` reads; the rest is then passed over. */
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly owner?: string | undefined;
  readonly repo?: string | undefined;
  readonly branch?: string | undefined;
  readonly strategy: SelectStrategy;
}

/**
 * The pull request a caller means: that of the URL, and the comment in it, else the open one of the
 * repository and branch, whose gaps the local checkout fills. Throws `repository-required` where there
 * is no checkout, `repository-not-allowed` before anything is asked of that repository, and what
 * `parsePullRequest` and `resolvePullRequest` throw.
 */
export async function locatePullRequest(
  clues: PullRequestClues,
  context: ToolContext,
  watch: ReadWatch = {},
): Promise<PullRequestPointer> {
  const { github, checkout, allowedRepos } = context;
  if (clues.url) {
    const pointer = parsePullRequest(clues.url, github.hosts);
    requireAllowedRepo(pointer, allowedRepos);
    return pointer;
  }
  const { strategy } = clues;
  if (isSufficient(clues)) {
    requireAllowedRepo(clues, allowedRepos);
    const connection = github.connect(clues.host ?? github.hosts.default.host);
    return resolveAllowed(connection, clues, { context, watch });
  }
  const { host, ...where } = { ...(await local(checkout)), ...given(clues) };
  requireAllowedRepo(where, allowedRepos);
  const connection = clues.host ? github.connect(host) : connectToRemote(host, github);
  return resolveAllowed(connection, { ...where, strategy }, { context, watch });
}

/** What is open may be in another repository than the allowed one: upstream of a fork, or where it moved. */
async function resolveAllowed(
  connection: GitHub,
  search: PullRequestSearch,
  { context, watch }: { readonly context: ToolContext; readonly watch: ReadWatch },
): Promise<PullRequestPointer> {
  const found = await resolvePullRequest(connection, search, { signal: watch.signal });
  requireAllowedRepo(found, context.allowedRepos);
  return found;
}

type Sufficient = PullRequestClues & { readonly owner: string; readonly repo: string };

/** Only the strategies that go by branch need one. */
function isSufficient(clues: PullRequestClues): clues is Sufficient {
  const { owner, repo, branch, strategy } = clues;
  const needsBranch = strategy === "branch" || strategy === "error";
  return Boolean(owner && repo && (branch || !needsBranch));
}

async function local(checkout: ToolContext["checkout"]): Promise<Checkout> {
  if (checkout !== undefined) return checkout();
  throw new ToolError(
    "repository-required",
    "Give pr_url, or owner, repo and branch: this server does not see your git checkout.",
  );
}

/** What the caller did say, without the gaps. */
function given({ host, owner, repo, branch }: PullRequestClues): Partial<Checkout> {
  return {
    ...(host && { host }),
    ...(owner && { owner }),
    ...(repo && { repo }),
    ...(branch && { branch }),
  };
}

/** An alias of the SSH configuration looks like a host in a remote's URL, and is none. */
function connectToRemote(host: string, github: ToolContext["github"]): GitHub {
  try {
    return github.connect(host);
  } catch (cause) {
    if (!(cause instanceof GitHubError) || cause.code !== "host-not-allowed") throw cause;
    const allowed = github.hosts.names.join(", ");
    throw new ToolError(
      "host-not-allowed",
      `The git remote's host is none of those this server talks to: ${allowed}. If it is an SSH alias, give pr_url or host; if it is your GitHub, an operator can add it with GITHUB_ALLOWED_HOSTS.`,
      { cause },
    );
  }
}
