import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import { pageInfo, rateLimit, rateLimitFields, remarkFields, remarkNode } from "./fields.ts";

/** A review as GitHub answers it; its comments come with their threads. */
export const reviewNode = remarkNode.extend({ state: z.string().nullish() });

const reviewPage = z.object({
  totalCount: z.number(),
  pageInfo,
  nodes: z.array(reviewNode.nullable()).nullish(),
});

const conversationPage = z.object({
  totalCount: z.number(),
  pageInfo,
  nodes: z.array(remarkNode.nullable()).nullish(),
});

const answer = z.object({
  rateLimit,
  repository: z
    .object({
      pullRequest: z
        .object({ reviews: reviewPage.optional(), comments: conversationPage.optional() })
        .nullable(),
    })
    .nullable(),
});

export type ReviewNode = z.infer<typeof reviewNode>;

/** One page of reviews, of comments of the conversation, or of both. */
export const remarks: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query Remarks(
      $owner: String!
      $repo: String!
      $number: Int!
      $reviews: Boolean!
      $afterReview: String
      $conversation: Boolean!
      $afterComment: String
    ) {
      ${rateLimitFields}
      repository(owner: $owner, name: $repo) {
        pullRequest(number: $number) {
          reviews(first: 100, after: $afterReview) @include(if: $reviews) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes { ${remarkFields} state }
          }
          comments(first: 100, after: $afterComment) @include(if: $conversation) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes { ${remarkFields} }
          }
        }
      }
    }`,
};
