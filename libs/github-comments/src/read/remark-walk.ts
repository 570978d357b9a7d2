import type { GitHub } from "../connection/github.ts";
import { standardError } from "../diagnose/standard-error.ts";
import { GitHubError, type GitHubErrorCode } from "../errors.ts";
import type { PageInfo, RemarkNode } from "../queries/fields.ts";
import { type ReviewNode, remarks } from "../queries/remarks.ts";
import type { ReadContext } from "./thread-pages.ts";

/** Bodies of reviews, or comments of the conversation, oldest first. */
export interface WalkedRemarks<Node> {
  readonly nodes: readonly Node[];
  readonly total: number;
  /** The cursor to go on from, when there is more. */
  readonly next: string | undefined;
  readonly stoppedBy: GitHubErrorCode | "unreadable" | undefined;
}

/** Where to begin, and how many pages of 100 to read. */
export interface RemarkLimits {
  readonly maxPages: number;
  readonly from?: string | undefined;
}

interface Page<Node> {
  readonly totalCount: number;
  readonly pageInfo: PageInfo;
  readonly nodes?: readonly (Node | null)[] | null | undefined;
}

/** Reads the reviews of a pull request. Throws the error of the first page. */
export function walkReviews(
  context: ReadContext,
  limits: RemarkLimits,
): Promise<WalkedRemarks<ReviewNode>> {
  return walk(context, limits, async (after) => {
    const variables = { reviews: true, conversation: false, afterReview: after };
    return (await ask(context, variables)).reviews;
  });
}

/** Reads the conversation of a pull request. Throws the error of the first page. */
export function walkConversation(
  context: ReadContext,
  limits: RemarkLimits,
): Promise<WalkedRemarks<RemarkNode>> {
  return walk(context, limits, async (after) => {
    const variables = { reviews: false, conversation: true, afterComment: after };
    return (await ask(context, variables)).comments;
  });
}

async function walk<Node>(
  { signal }: ReadContext,
  { maxPages, from }: RemarkLimits,
  read: (after: string | undefined) => Promise<Page<Node> | undefined>,
): Promise<WalkedRemarks<Node>> {
  const nodes: Node[] = [];
  let next = from;
  let total = 0;
  let stoppedBy: WalkedRemarks<Node>["stoppedBy"];
  for (let page = 0; page < maxPages; page += 1) {
    const found = await read(next).catch((error: unknown) => {
      signal?.throwIfAborted();
      if (page === 0 || !(error instanceof GitHubError)) throw error;
      stoppedBy = error.code;
      return undefined;
    });
    if (found === undefined) return { nodes, total, next, stoppedBy };
    total = found.totalCount;
    const present = (found.nodes ?? []).filter((node) => node !== null);
    if (present.length < (found.nodes ?? []).length) stoppedBy = "unreadable";
    nodes.push(...present);
    if (!found.pageInfo.hasNextPage) return { nodes, total, next: undefined, stoppedBy };
    next = found.pageInfo.endCursor ?? undefined;
  }
  return { nodes, total, next, stoppedBy };
}

async function ask(
  { github, pullRequest, ledger, signal }: ReadContext,
  wanted: Readonly<Record<string, unknown>>,
): Promise<Awaited<ReturnType<typeof answerOf>>> {
  const { owner, repo, number } = pullRequest;
  const answer = await answerOf(github, { owner, repo, number, ...wanted }, signal);
  ledger.add(answer.rateLimit);
  return answer;
}

async function answerOf(
  github: GitHub,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal | undefined,
) {
  const { data } = await github.query(remarks, variables, { signal });
  const found = data.repository?.pullRequest;
  if (found === undefined || found === null) throw standardError("not-found");
  return { ...found, rateLimit: data.rateLimit };
}
