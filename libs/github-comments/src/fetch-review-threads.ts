import type { GitHub } from "./connection/github.ts";
import { standardError } from "./http-failure.ts";
import { toComment, toThread } from "./normalise.ts";
import type { PullRequestRef } from "./pull-request.ts";
import type { CommentNode, CommentPage } from "./queries/fields.ts";
import { reviewThreads, type ThreadNode } from "./queries/review-threads.ts";
import { threadComments } from "./queries/thread-comments.ts";
import type { ReviewComment, ReviewThread, ReviewThreads } from "./review-thread.ts";

/** How much of a pull request to read, and who may stop it. */
export interface FetchOptions {
  /** Threads per page, 1 to 100. */
  readonly perPage?: number | undefined;
  /** Pages of threads. */
  readonly maxPages?: number | undefined;
  /** Comments in all. */
  readonly maxComments?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each page how many threads of how many have been read. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined;
}

/**
 * Reads the review threads of a pull request in GitHub's order, following the cursors of both levels.
 * A limit that cuts something off makes the result incomplete, never an error. Throws `GitHubError`.
 */
export async function fetchReviewThreads(
  github: GitHub,
  { owner, repo, number }: PullRequestRef,
  { perPage = 100, maxPages = 50, maxComments = 2_000, signal, onProgress }: FetchOptions = {},
): Promise<ReviewThreads> {
  const threads: ReviewThread[] = [];
  let room = maxComments;
  let complete = true;
  let after: string | undefined;
  let totalThreads = 0;

  for (let page = 1; ; page += 1) {
    const variables = { owner, repo, number, first: perPage, after };
    const { data, partial } = await github.query(reviewThreads, variables, { signal });
    const connection = data.repository?.pullRequest?.reviewThreads;
    if (connection === undefined) throw standardError("not-found");
    const nodes = connection.nodes ?? [];
    totalThreads = connection.totalCount;
    complete &&= !partial && !nodes.includes(null);

    for (const node of nodes.filter((thread) => thread !== null)) {
      if (room === 0) return { threads, totalThreads, complete: false };
      const comments = await fetchComments(github, node, { room, signal });
      room -= comments.length;
      complete &&= comments.length === node.comments.totalCount;
      threads.push(toThread(node, comments));
    }
    onProgress?.(threads.length, totalThreads);

    const { hasNextPage, endCursor } = connection.pageInfo;
    if (!hasNextPage) return { threads, totalThreads, complete };
    if (page >= maxPages || !endCursor) return { threads, totalThreads, complete: false };
    after = endCursor;
  }
}

/** The comments of a thread, from the page that came with it to the last, as far as there is room. */
async function fetchComments(
  github: GitHub,
  thread: ThreadNode,
  { room, signal }: { readonly room: number; readonly signal: AbortSignal | undefined },
): Promise<readonly ReviewComment[]> {
  const nodes = nodesOf(thread.comments);
  let after = nextCursor(thread.comments);
  while (after !== undefined && nodes.length < room) {
    const variables = { thread: thread.id, after };
    const { data } = await github.query(threadComments, variables, { signal });
    if (data.node === null) break;
    nodes.push(...nodesOf(data.node.comments));
    after = nextCursor(data.node.comments);
  }
  return nodes.slice(0, room).map(toComment);
}

function nodesOf({ nodes }: CommentPage): CommentNode[] {
  return (nodes ?? []).filter((node) => node !== null);
}

function nextCursor({ pageInfo }: CommentPage): string | undefined {
  return pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined;
}
