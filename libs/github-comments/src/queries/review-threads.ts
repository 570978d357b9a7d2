import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import {
  commentPageFields,
  pageInfo,
  rateLimit,
  rateLimitFields,
  threadFields,
  threadNode,
} from "./fields.ts";

const threads = z.object({
  totalCount: z.number(),
  pageInfo,
  edges: z
    .array(z.object({ cursor: z.string(), node: threadNode.nullable() }).nullable())
    .nullish(),
});

const answer = z.object({
  rateLimit,
  repository: z
    .object({
      pullRequest: z.object({ updatedAt: z.string(), reviewThreads: threads }).nullable(),
    })
    .nullable(),
});

/** One page of review threads from either end, each thread with its first comments. */
export const reviewThreads: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query ReviewThreads(
      $owner: String!
      $repo: String!
      $number: Int!
      $first: Int
      $after: String
      $last: Int
      $before: String
      $comments: Int!
      $hunks: Boolean!
    ) {
      ${rateLimitFields}
      repository(owner: $owner, name: $repo) {
        pullRequest(number: $number) {
          updatedAt
          reviewThreads(first: $first, after: $after, last: $last, before: $before) {
            totalCount
            pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
            edges {
              cursor
              node {
                ${threadFields}
                comments(first: $comments) { ${commentPageFields} }
              }
            }
          }
        }
      }
    }`,
};
