import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import { actor, anchor, commentFields, commentPage, pageInfo } from "./fields.ts";

const threadNode = anchor.extend({
  id: z.string(),
  isResolved: z.boolean(),
  isOutdated: z.boolean(),
  subjectType: z.string(),
  diffSide: z.string(),
  resolvedBy: actor,
  comments: commentPage,
});

const answer = z.object({
  repository: z
    .object({
      pullRequest: z
        .object({
          reviewThreads: z.object({
            totalCount: z.number(),
            pageInfo,
            nodes: z.array(threadNode.nullable()).nullish(),
          }),
        })
        .nullable(),
    })
    .nullable(),
});

export type ThreadNode = z.infer<typeof threadNode>;

/** One page of review threads, each with its first comments. */
export const reviewThreads: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query ReviewThreads($owner: String!, $repo: String!, $number: Int!, $first: Int!, $after: String) {
      repository(owner: $owner, name: $repo) {
        pullRequest(number: $number) {
          reviewThreads(first: $first, after: $after) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes {
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
              comments(first: 100) {
                totalCount
                pageInfo { hasNextPage endCursor }
                nodes { ${commentFields} }
              }
            }
          }
        }
      }
    }`,
};
