import type { GitHub } from "../connection/github.ts";
import type { PullRequestRef } from "../pull-request/pull-request-ref.ts";
import { type NodeById, threadsById } from "../queries/threads-by-id.ts";
import type { ReviewThread } from "../review-thread.ts";
import { type ReadCost, ReadLedger } from "./ledger.ts";
import { conversationToThread, reviewToThread, type TextOptions, toThread } from "./normalise.ts";
import { completeThreads } from "./thread-completion.ts";

/** Which threads to read. */
export interface ThreadsRequest extends TextOptions {
  /** Ids of threads, reviews or comments of the conversation; at most 100. */
  readonly ids: readonly string[];
  readonly hunks: boolean;
  /** Comments in all; the first thread always comes whole. */
  readonly maxComments: number;
  /** The only repository whose threads are given; those of others are missing. */
  readonly within?: Pick<PullRequestRef, "owner" | "repo"> | undefined;
}

/** A thread and the pull request it belongs to. */
export interface FoundThread {
  readonly thread: ReviewThread;
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** What was found under the ids asked for. */
export interface FoundThreads {
  readonly found: readonly FoundThread[];
  /** Ids of nothing the caller can see. */
  readonly missing: readonly string[];
  /** Ids there was no room for. */
  readonly postponed: readonly string[];
  readonly cost: ReadCost;
}

/** Reads whole threads by their ids. Throws `GitHubError`. */
export async function readThreadsById(
  github: GitHub,
  request: ThreadsRequest,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<FoundThreads> {
  const { ids, hunks, maxComments, within } = request;
  const ledger = new ReadLedger();
  const { data } = await github.query(threadsById, { ids, hunks, comments: 100 }, { signal });
  ledger.add(data.rateLimit);

  // An id does not tell its repository, so this one request cannot but ask for all of them. What is
  // foreign ends here: nothing more is read of it, and it takes no room from the others.
  const nodes = data.nodes.filter((node) => node !== null).filter((node) => belongs(node, within));
  const { taken, postponed } = share(nodes, maxComments);
  const context = { github, hunks, ledger, signal };
  const whole = await completeThreads(context, taken.filter(isThread));
  const completed = new Map(whole.map((each) => [each.node.id, each]));
  const found = taken.flatMap((node): readonly FoundThread[] => {
    if (node.kind === "PullRequestReviewThread") {
      const thread = completed.get(node.id);
      return thread === undefined ? [] : [placed(toThread(thread, request), node.home)];
    }
    if (node.kind === "PullRequestReview") {
      return [placed(reviewToThread(node, request), node.reviewed)];
    }
    if (node.kind !== "IssueComment" || node.discussed === null) return [];
    return [placed(conversationToThread(node, request), node.discussed)];
  });

  const seen = new Set([...found.map(({ thread }) => thread.id), ...postponed]);
  const missing = ids.filter((id) => !seen.has(id));
  return { found, missing, postponed, cost: ledger.cost };
}

type ThreadById = Extract<NodeById, { readonly kind: "PullRequestReviewThread" }>;

function isThread(node: NodeById): node is ThreadById {
  return node.kind === "PullRequestReviewThread";
}

function share(
  nodes: readonly NodeById[],
  maxComments: number,
): { readonly taken: readonly NodeById[]; readonly postponed: readonly string[] } {
  const taken: NodeById[] = [];
  const postponed: string[] = [];
  let room = maxComments;
  for (const node of nodes) {
    const count = isThread(node) ? node.comments.totalCount : 1;
    if (isThread(node) && count > room && taken.length > 0) {
      postponed.push(node.id);
      continue;
    }
    taken.push(node);
    room -= count;
  }
  return { taken, postponed };
}

interface Home {
  readonly number: number;
  readonly repository: { readonly name: string; readonly owner: { readonly login: string } };
}

/** Names are compared as GitHub does, in any case. */
function belongs(node: NodeById, within: ThreadsRequest["within"]): boolean {
  if (within === undefined) return true;
  const repository = homeOf(node)?.repository;
  return (
    repository?.owner.login.toLowerCase() === within.owner.toLowerCase() &&
    repository.name.toLowerCase() === within.repo.toLowerCase()
  );
}

function homeOf(node: NodeById): Home | undefined {
  if (node.kind === "PullRequestReviewThread") return node.home;
  if (node.kind === "PullRequestReview") return node.reviewed;
  return node.kind === "IssueComment" ? (node.discussed ?? undefined) : undefined;
}

function placed(thread: ReviewThread, { number, repository }: Home): FoundThread {
  return { thread, number, owner: repository.owner.login, repo: repository.name };
}
