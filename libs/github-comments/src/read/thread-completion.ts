import { GitHubError, type GitHubErrorCode } from "../errors.ts";
import type { CommentNode, CommentPage, ThreadNode } from "../queries/fields.ts";
import { lastComments } from "../queries/last-comments.ts";
import { threadComments } from "../queries/thread-comments.ts";
import type { ReadContext } from "./thread-pages.ts";

/** What completing a thread needs of a read. */
export type CompletionContext = Pick<ReadContext, "github" | "hunks" | "ledger" | "signal">;

/** The comments of a thread, from its first one on, as far as they could be read. */
export interface CompletedThread {
  readonly node: ThreadNode;
  readonly comments: readonly CommentNode[];
  /** Why some are missing, if any are. */
  readonly incomplete: GitHubErrorCode | "limit" | "unreadable" | undefined;
}

/** Threads of one request for their last comments. */
const batchSize = 50;

/**
 * Reads what did not fit the first page of each thread: the last comments of many threads at once,
 * then, where the two ends do not meet, page by page. A failure makes its threads incomplete.
 */
export async function completeThreads(
  context: CompletionContext,
  threads: readonly ThreadNode[],
): Promise<readonly CompletedThread[]> {
  const long = threads.filter(({ comments }) => comments.pageInfo.hasNextPage);
  const tails = await readTails(context, long);
  return Promise.all(threads.map((node) => complete(context, node, tails.get(node.id))));
}

type Tails = ReadonlyMap<string, CommentPage | GitHubErrorCode>;

async function readTails(
  context: CompletionContext,
  threads: readonly ThreadNode[],
): Promise<Tails> {
  const batches: (readonly string[])[] = [];
  for (let at = 0; at < threads.length; at += batchSize) {
    batches.push(threads.slice(at, at + batchSize).map(({ id }) => id));
  }
  const read = await Promise.all(batches.map((ids) => readBatch(context, ids)));
  return new Map(read.flat());
}

async function readBatch(
  { github, hunks, ledger, signal }: CompletionContext,
  ids: readonly string[],
): Promise<readonly (readonly [string, CommentPage | GitHubErrorCode])[]> {
  try {
    const variables = () => ({ threads: ids, hunks });
    const { data } = await github.query(lastComments, variables, { signal });
    ledger.add(data.rateLimit);
    return data.nodes.flatMap((node) =>
      node?.id === undefined || node.comments === undefined ? [] : [[node.id, node.comments]],
    );
  } catch (error) {
    const code = codeOf(error, signal);
    return ids.map((id) => [id, code]);
  }
}

async function complete(
  context: CompletionContext,
  node: ThreadNode,
  tail: CommentPage | GitHubErrorCode | undefined,
): Promise<CompletedThread> {
  const first = node.comments;
  if (!first.pageInfo.hasNextPage) return finished(node, nodesOf(first), isIntact(first));
  if (typeof tail === "string") return { node, comments: nodesOf(first), incomplete: tail };

  const last = tail === undefined ? [] : nodesOf(tail);
  const ids = new Map(last.map(({ id }, index) => [id, index]));
  let comments = nodesOf(first);
  let intact = isIntact(first) && (tail === undefined || isIntact(tail));
  let after = first.pageInfo.endCursor ?? undefined;
  try {
    for (;;) {
      const meeting = ids.get(comments.at(-1)?.id ?? "");
      if (meeting !== undefined) {
        return finished(node, [...comments, ...last.slice(meeting + 1)], intact);
      }
      const page = await readPage(context, node.id, after);
      comments = [...comments, ...nodesOf(page)];
      intact &&= isIntact(page);
      if (!page.pageInfo.hasNextPage) return finished(node, comments, intact);
      after = page.pageInfo.endCursor ?? undefined;
    }
  } catch (error) {
    return { node, comments, incomplete: codeOf(error, context.signal) };
  }
}

async function readPage(
  { github, hunks, ledger, signal }: CompletionContext,
  thread: string,
  after: string | undefined,
): Promise<CommentPage> {
  const variables = () => ({ thread, after, hunks });
  const { data } = await github.query(threadComments, variables, { signal });
  ledger.add(data.rateLimit);
  if (data.node?.comments === undefined) throw new GitHubError("not-found", "A thread is gone.");
  return data.node.comments;
}

function finished(
  node: ThreadNode,
  comments: readonly CommentNode[],
  intact: boolean,
): CompletedThread {
  return { node, comments, incomplete: intact ? undefined : "unreadable" };
}

/** GitHub may null a comment it cannot show; the others are no worse for it. */
function nodesOf({ nodes }: CommentPage): readonly CommentNode[] {
  return (nodes ?? []).filter((node) => node !== null);
}

function isIntact({ nodes }: CommentPage): boolean {
  return nodes !== null && nodes !== undefined && !nodes.includes(null);
}

function codeOf(error: unknown, signal: AbortSignal | undefined): GitHubErrorCode {
  signal?.throwIfAborted();
  if (error instanceof GitHubError) return error.code;
  throw error;
}
