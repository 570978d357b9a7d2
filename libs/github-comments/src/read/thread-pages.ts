import type { GitHub } from "../connection/github.ts";
import { standardError } from "../diagnose/standard-error.ts";
import type { PullRequestRef } from "../pull-request/pull-request-ref.ts";
import type { PageInfo, ThreadNode } from "../queries/fields.ts";
import { reviewThreads } from "../queries/review-threads.ts";
import type { ReadLedger } from "./ledger.ts";
import type { PageSize } from "./page-size.ts";

/** What every request of one read shares. */
export interface ReadContext {
  readonly github: GitHub;
  readonly pullRequest: PullRequestRef;
  /** Whether diff hunks are wanted; they are most of an answer. */
  readonly hunks: boolean;
  readonly ledger: ReadLedger;
  readonly pageSize: PageSize;
  readonly signal: AbortSignal | undefined;
}

/** A thread and where it stands in the list; GitHub may leave the thread itself out. */
export interface ThreadEdge {
  readonly cursor: string;
  readonly node: ThreadNode | undefined;
}

/** Some threads in a row. */
export interface ThreadEdges {
  readonly edges: readonly ThreadEdge[];
  readonly pageInfo: PageInfo;
  readonly total: number;
  /** When the pull request last changed, as GitHub says; two pages that differ are of two states. */
  readonly updatedAt: string;
  /** Whether GitHub left something out. */
  readonly partial: boolean;
}

/** The next threads after a cursor, or from the start. Throws `GitHubError`. */
export function threadsAfter(context: ReadContext, after?: string): Promise<ThreadEdges> {
  return request(context, (threads) => ({ first: threads, after }));
}

/** The threads before a cursor, or the last ones. Throws `GitHubError`. */
export function threadsBefore(context: ReadContext, before?: string): Promise<ThreadEdges> {
  return request(context, (threads) => ({ last: threads, before }));
}

async function request(
  { github, pullRequest, hunks, ledger, pageSize, signal }: ReadContext,
  range: (threads: number) => Readonly<Record<string, unknown>>,
): Promise<ThreadEdges> {
  const { owner, repo, number } = pullRequest;
  const variables = () => {
    const { threads, comments } = pageSize;
    return { owner, repo, number, comments, hunks, ...range(threads) };
  };
  const lighten = () => pageSize.shrink();
  const { data, partial } = await github.query(reviewThreads, variables, { signal, lighten });
  ledger.add(data.rateLimit);
  pageSize.grow();

  const found = data.repository?.pullRequest;
  if (found === undefined || found === null) throw standardError("not-found");
  const { totalCount: total, pageInfo, edges } = found.reviewThreads;
  const present = (edges ?? []).filter((edge) => edge !== null);
  return {
    edges: present.map(({ cursor, node }) => ({ cursor, node: node ?? undefined })),
    pageInfo,
    total,
    updatedAt: found.updatedAt,
    partial: partial || present.length < (edges ?? []).length,
  };
}
