import { isoSeconds } from "../model/identity.ts";
import { ReviewThread } from "../model/review-thread.ts";
import type { View } from "../model/view.ts";
import { kindOf } from "../model/viewer.ts";
import type { SeedComment } from "../seed.ts";
import { GitHubGraphQLError, nodeNotFound, NotModelledError } from "./errors.ts";

/** Input of resolveReviewThread and unresolveReviewThread. */
export interface ThreadInput {
  readonly threadId: string;
  readonly clientMutationId?: string | null;
}

/** Input of addPullRequestReviewThreadReply. */
export interface ReplyInput {
  readonly pullRequestReviewThreadId: string;
  readonly body: string;
  readonly pullRequestReviewId?: string | null;
  readonly clientMutationId?: string | null;
}

type Payload = Record<string, unknown>;

const LONGEST_BODY = 65_536;

/** Marks a thread resolved or unresolved, in the seed. Doing it twice is no error. */
export function setResolved(view: View, input: ThreadInput, resolved: boolean): Payload {
  const thread = writableThread(view, input.threadId);
  const { viewerCanResolve, viewerCanUnresolve } = thread.seed;
  const refused = resolved ? viewerCanResolve === false : viewerCanUnresolve === false;
  if (refused) throw forbidden(view);
  thread.seed.isResolved = resolved;
  thread.seed.resolvedBy = resolved ? (view.viewer.token?.login ?? null) : null;
  return { clientMutationId: input.clientMutationId ?? null, thread };
}

/**
 * Adds a reply to a thread, in the seed. A viewer with a pending review gets a pending reply: GitHub
 * keeps it from everyone else until that review is submitted.
 */
export function addReply(view: View, input: ReplyInput): Payload {
  const thread = writableThread(view, input.pullRequestReviewThreadId);
  if (input.pullRequestReviewId !== null && input.pullRequestReviewId !== undefined) {
    throw new NotModelledError("AddPullRequestReviewThreadReplyInput.pullRequestReviewId");
  }
  checkBody(input.body);
  const pending = thread.pullRequest.pendingReview;
  const seed: SeedComment = {
    id: `${thread.id}_reply_${thread.seed.comments.length}`,
    author: { login: view.viewer.token?.login ?? "ghost" },
    body: input.body,
    createdAt: isoSeconds(view.now()),
    state: pending === undefined ? "SUBMITTED" : "PENDING",
  };
  const hunk = thread.seed.comments[0]?.diffHunk;
  if (hunk !== undefined) seed.diffHunk = hunk;
  if (pending !== undefined && isSeeded(thread, pending.id)) seed.reviewId = pending.id;
  thread.seed.comments.push(seed);
  return { clientMutationId: input.clientMutationId ?? null, comment: thread.comment(seed) };
}

function writableThread(view: View, id: string): ReviewThread {
  const found = view.node(id);
  if (!(found instanceof ReviewThread)) throw nodeNotFound(id);
  if (view.viewer.token?.canWrite !== true) throw forbidden(view);
  return found;
}

function forbidden(view: View): GitHubGraphQLError {
  const who = kindOf(view.viewer) === "installation" ? "integration" : "personal access token";
  return new GitHubGraphQLError("FORBIDDEN", `Resource not accessible by ${who}`);
}

function checkBody(body: string): void {
  if (body.trim() === "") throw new GitHubGraphQLError("UNPROCESSABLE", "Body can't be blank");
  if (body.length <= LONGEST_BODY) return;
  const message = `Body is too long (maximum is ${LONGEST_BODY} characters)`;
  throw new GitHubGraphQLError("UNPROCESSABLE", message);
}

function isSeeded(thread: ReviewThread, reviewId: string): boolean {
  return thread.pullRequest.seed.reviews?.some(({ id }) => id === reviewId) ?? false;
}
