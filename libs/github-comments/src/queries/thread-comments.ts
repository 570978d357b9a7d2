import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import { commentPage, commentPageFields, rateLimit, rateLimitFields } from "./fields.ts";

const answer = z.object({
  rateLimit,
  node: z.object({ comments: commentPage.optional() }).nullable(),
});

/** A further page of the comments of one thread. */
export const threadComments: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query ThreadComments($thread: ID!, $after: String, $hunks: Boolean!) {
      ${rateLimitFields}
      node(id: $thread) {
        ... on PullRequestReviewThread {
          comments(first: 100, after: $after) { ${commentPageFields} }
        }
      }
    }`,
};
