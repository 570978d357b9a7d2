import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import { commentFields, commentPage } from "./fields.ts";

const answer = z.object({ node: z.object({ comments: commentPage }).nullable() });

/** A further page of the comments of one thread. */
export const threadComments: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query ThreadComments($thread: ID!, $after: String) {
      node(id: $thread) {
        ... on PullRequestReviewThread {
          comments(first: 100, after: $after) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes { ${commentFields} }
          }
        }
      }
    }`,
};
