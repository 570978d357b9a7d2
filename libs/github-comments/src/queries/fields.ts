import { z } from "zod";

/** The fields of a comment that every reading query asks for. */
export const commentFields = /* GraphQL */ `
  id
  author { login }
  body
  path
  line
  originalLine
  startLine
  originalStartLine
  diffHunk
  url
  createdAt
`;

/** Where the next page starts. */
export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() });

/** GitHub nulls the author of a deleted account; one odd login must not cost the other comments. */
export const actor = z.object({ login: z.string().nullish() }).nullish();

const lineNumber = z.number().int().nullish();

/** The lines a comment or thread stands on, now and when it was written. */
export const anchor = z.object({
  path: z.string().nullish(),
  line: lineNumber,
  originalLine: lineNumber,
  startLine: lineNumber,
  originalStartLine: lineNumber,
});

/** One comment as GitHub answers it. */
export const commentNode = anchor.extend({
  id: z.string(),
  author: actor,
  body: z.string().nullish(),
  diffHunk: z.string().nullish(),
  url: z.string().nullish(),
  createdAt: z.string().nullish(),
});

/** A page of comments; GitHub may leave single nodes null. */
export const commentPage = z.object({
  totalCount: z.number(),
  pageInfo,
  nodes: z.array(commentNode.nullable()).nullish(),
});

export type CommentNode = z.infer<typeof commentNode>;
export type CommentPage = z.infer<typeof commentPage>;
