import type { GitHub } from "../connection/github.ts";
import type { PullRequestRef } from "../pull-request/pull-request-ref.ts";
import type { ReviewThread, ThreadKind } from "../review-thread.ts";
import type { Feed, FeedPosition } from "./feed.ts";
import { ReadLedger } from "./ledger.ts";
import { conversationToThread, reviewToThread, type TextOptions, toThread } from "./normalise.ts";
import { PageSize } from "./page-size.ts";
import { type WalkedRemarks, walkConversation, walkReviews } from "./remark-walk.ts";
import { mapInSlices } from "./slices.ts";
import { type CompletedThread, completeThreads } from "./thread-completion.ts";
import type { ReadContext, ThreadEdge } from "./thread-pages.ts";
import { type Walked, walkThreads } from "./thread-walk.ts";

/** What to read and how much of it. */
export interface ReadRequest extends TextOptions {
  readonly kinds: readonly ThreadKind[];
  readonly hunks: boolean;
  /** Threads per page, 1 to 100. */
  readonly perPage: number;
  readonly maxPages: number;
  /** Review comments in all. */
  readonly maxComments: number;
  /** Where to go on; from the start without it. */
  readonly from?: FeedPosition | undefined;
  /** False when the list of threads is known to fit one page. */
  readonly bothEnds: boolean;
}

/** Who may stop a read, and who is told how far it is. */
export interface ReadWatch {
  readonly signal?: AbortSignal | undefined;
  /** Told after each page how many threads of how many have been read. */
  readonly onProgress?: ((read: number, total: number) => void) | undefined;
}

interface Part {
  readonly threads: readonly ReviewThread[];
  readonly total: number;
  readonly next: string | undefined;
  readonly gaps: readonly string[];
}

const nothing: Part = { threads: [], total: 0, next: undefined, gaps: [] };

/**
 * Reads a pull request's threads, reviews and conversation, as far as limits allow. Whatever cuts the
 * read short is told, never passed over; only when nothing could be read does it throw `GitHubError`.
 */
export async function readFeed(
  github: GitHub,
  pullRequest: PullRequestRef,
  request: ReadRequest,
  { signal, onProgress }: ReadWatch = {},
): Promise<Feed> {
  const ledger = new ReadLedger();
  const pageSize = new PageSize(request.perPage);
  const { hunks, kinds, from } = request;
  const context = { github, pullRequest, hunks, ledger, pageSize, signal };
  const wants = (kind: ThreadKind, list: keyof FeedPosition) =>
    kinds.includes(kind) && (from === undefined || from[list] !== undefined);

  const [threads, reviews, conversation] = await Promise.all([
    wants("review_comment", "threads") ? readThreads(context, request, onProgress) : nothing,
    wants("review", "reviews") ? readReviews(context, request) : nothing,
    wants("conversation", "conversation") ? readConversation(context, request) : nothing,
  ]);
  const parts = [threads, reviews, conversation];
  const next = { threads: threads.next, reviews: reviews.next, conversation: conversation.next };
  return {
    threads: parts.flatMap((part) => part.threads),
    totalThreads: parts.reduce((sum, { total }) => sum + total, 0),
    next: Object.values(next).every((cursor) => cursor === undefined) ? undefined : next,
    gaps: [...new Set(parts.flatMap(({ gaps }) => gaps))],
    cost: ledger.cost,
    readAt: Date.now(),
  };
}

async function readThreads(
  context: ReadContext,
  request: ReadRequest,
  onProgress: ReadWatch["onProgress"],
): Promise<Part> {
  const { maxPages, maxComments, bothEnds } = request;
  const limits = { maxPages, maxComments, bothEnds, from: request.from?.threads };
  const walked = await walkThreads(context, limits, onProgress);
  const { whole, cut, next } = share(walked, maxComments);
  const completed = await completeThreads(context, whole);
  const all = cut === undefined ? completed : [...completed, cut];
  const threads = await mapInSlices(all, (thread) => toThread(thread, request));
  const gaps = [
    ...(walked.stoppedBy === undefined ? [] : [walked.stoppedBy]),
    ...(walked.partial || walked.edges.some(({ node }) => node === undefined)
      ? ["unreadable"]
      : []),
    ...(next !== undefined && walked.stoppedBy === undefined ? ["limit"] : []),
    ...threads.flatMap(({ incomplete }) => (incomplete === undefined ? [] : [incomplete])),
  ];
  return { threads, total: walked.total, next, gaps };
}

interface Share {
  readonly whole: readonly NonNullable<ThreadEdge["node"]>[];
  /** The one thread that the limit cuts through. */
  readonly cut: CompletedThread | undefined;
  readonly next: string | undefined;
}

/** The threads that fit the limit of comments, and where the rest begins. */
function share({ edges, reachedEnd }: Walked, maxComments: number): Share {
  const whole: NonNullable<ThreadEdge["node"]>[] = [];
  let room = maxComments;
  let last: string | undefined;
  for (const [index, { cursor, node }] of edges.entries()) {
    const isLast = reachedEnd && index === edges.length - 1;
    const count = node?.comments.totalCount ?? 0;
    if (node !== undefined && count > room) {
      if (room === 0) return { whole, cut: undefined, next: last };
      const comments = (node.comments.nodes ?? []).filter((each) => each !== null).slice(0, room);
      const cut = { node, comments, incomplete: "limit" as const };
      return { whole, cut, next: isLast ? undefined : cursor };
    }
    if (node !== undefined) whole.push(node);
    room -= count;
    last = cursor;
  }
  return { whole, cut: undefined, next: reachedEnd ? undefined : last };
}

async function readReviews(context: ReadContext, request: ReadRequest): Promise<Part> {
  const limits = { maxPages: request.maxPages, from: request.from?.reviews };
  const walked = await walkReviews(context, limits);
  const written = walked.nodes.filter(({ body }) => body?.trim());
  const threads = await mapInSlices(written, (node) => reviewToThread(node, request));
  // A review without a body is only a frame around its comments.
  const silent = walked.nodes.length - written.length;
  return { threads, total: walked.total - silent, ...rest(walked) };
}

async function readConversation(context: ReadContext, request: ReadRequest): Promise<Part> {
  const limits = { maxPages: request.maxPages, from: request.from?.conversation };
  const walked = await walkConversation(context, limits);
  const threads = await mapInSlices(walked.nodes, (node) => conversationToThread(node, request));
  return { threads, total: walked.total, ...rest(walked) };
}

function rest({ next, stoppedBy }: WalkedRemarks<unknown>): Pick<Part, "next" | "gaps"> {
  if (stoppedBy !== undefined) return { next, gaps: [stoppedBy] };
  return { next, gaps: next === undefined ? [] : ["limit"] };
}
