import { z } from "zod";

/** Where the next page starts, in both directions. */
export const pageInfo = z.object({
  hasNextPage: z.boolean(),
  endCursor: z.string().nullish(),
  hasPreviousPage: z.boolean().default(false),
  startCursor: z.string().nullish(),
});

export type PageInfo = z.infer<typeof pageInfo>;

/** What a query cost and what is left (GitHub docs: rate limits for the GraphQL API). */
export const rateLimitFields = "rateLimit { cost limit remaining resetAt }";

/** GitHub leaves it out where limits are off. */
export const rateLimit = z
  .object({ cost: z.number(), limit: z.number(), remaining: z.number(), resetAt: z.string() })
  .nullish();

export type RateLimit = z.infer<typeof rateLimit>;

/** GitHub nulls the author of a deleted account; one odd login must not cost the other comments. */
export const actor = z
  .object({ login: z.string().nullish(), __typename: z.string().nullish() })
  .nullish();

const lineNumber = z.number().int().nullish();
const text = z.string().nullish();

/** What all three kinds of comment have in common. */
export const remarkFields = `
  id
  fullDatabaseId
  author { __typename login }
  authorAssociation
  body
  url
  createdAt
  updatedAt
  isMinimized
  minimizedReason
`;

/** A comment of the conversation or the body of a review, as GitHub answers it. */
export const remarkNode = z.object({
  id: z.string(),
  /** A 64-bit number, which JSON numbers cannot hold: text. */
  fullDatabaseId: z.coerce.string().nullish(),
  author: actor,
  authorAssociation: text,
  body: text,
  url: text,
  createdAt: text,
  updatedAt: text,
  isMinimized: z.boolean().nullish(),
  minimizedReason: text,
});

export type RemarkNode = z.infer<typeof remarkNode>;

/** The lines a comment or thread stands on, now and when it was written. */
export const anchor = z.object({
  path: text,
  line: lineNumber,
  originalLine: lineNumber,
  startLine: lineNumber,
  originalStartLine: lineNumber,
});

/** Diff hunks are most of an answer, so they come only when asked for. */
export const commentFields = `
  ${remarkFields}
  path
  line
  originalLine
  startLine
  originalStartLine
  diffHunk @include(if: $hunks)
  commit { oid }
  replyTo { id }
  pullRequestReview { id state }
`;

/** One review comment as GitHub answers it. */
export const commentNode = remarkNode.extend(anchor.shape).extend({
  diffHunk: text,
  commit: z.object({ oid: z.string() }).nullish(),
  replyTo: z.object({ id: z.string() }).nullish(),
  pullRequestReview: z.object({ id: z.string(), state: text }).nullish(),
});

export type CommentNode = z.infer<typeof commentNode>;

/** A page of review comments; GitHub may leave single nodes null. */
export const commentPage = z.object({
  totalCount: z.number(),
  pageInfo,
  nodes: z.array(commentNode.nullable()).nullish(),
});

export type CommentPage = z.infer<typeof commentPage>;

/** The pages of the comments of a thread. */
export const commentPageFields = `
  totalCount
  pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
  nodes { ${commentFields} }
`;

/** The fields of a thread, without its comments. */
export const threadFields = `
  id
  isResolved
  isOutdated
  subjectType
  diffSide
  path
  line
  originalLine
  startLine
  originalStartLine
  resolvedBy { login }
  viewerCanReply
  viewerCanResolve
`;

/** One thread as GitHub answers it. */
export const threadNode = anchor.extend({
  id: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  subjectType: text,
  diffSide: text,
  resolvedBy: actor,
  viewerCanReply: z.boolean().nullish(),
  viewerCanResolve: z.boolean().nullish(),
  comments: commentPage,
});

export type ThreadNode = z.infer<typeof threadNode>;
