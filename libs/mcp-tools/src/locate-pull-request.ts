import {
  parsePullRequestUrl,
  type PullRequestRef,
  resolvePullRequest,
  type SelectStrategy,
} from "@pr-review/github-comments";

import { ToolError } from "./errors.ts";
import type { Checkout, ToolContext } from "./tool.ts";

/** Everything by which a caller may point at a pull request. */
export interface PullRequestPointer {
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly owner?: string | undefined;
  readonly repo?: string | undefined;
  readonly branch?: string | undefined;
  readonly strategy: SelectStrategy;
}

/**
 * The pull request a caller means: that of the URL, else the open one of the repository and branch,
 * whose gaps the local checkout fills. Throws `repository-required` where there is no checkout.
 */
export async function locatePullRequest(
  pointer: PullRequestPointer,
  { github, checkout, signal }: ToolContext,
): Promise<PullRequestRef> {
  if (pointer.url) return parsePullRequestUrl(pointer.url, github.hosts);
  const { host, owner, repo, branch } = isSufficient(pointer)
    ? pointer
    : { ...(await local(checkout)), ...given(pointer) };
  const connection = github.connect(host ?? github.hosts.default.host);
  const search = { owner, repo, branch, strategy: pointer.strategy };
  return resolvePullRequest(connection, search, { signal });
}

type Sufficient = PullRequestPointer & { readonly owner: string; readonly repo: string };

/** Only the strategies that go by branch need one. */
function isSufficient(pointer: PullRequestPointer): pointer is Sufficient {
  const { owner, repo, branch, strategy } = pointer;
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
function given({ host, owner, repo, branch }: PullRequestPointer): Partial<Checkout> {
  return {
    ...(host && { host }),
    ...(owner && { owner }),
    ...(repo && { repo }),
    ...(branch && { branch }),
  };
}
