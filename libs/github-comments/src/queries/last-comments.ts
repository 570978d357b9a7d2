import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import { commentPage, commentPageFields, rateLimit, rateLimitFields } from "./fields.ts";

const answer = z.object({
  rateLimit,
  nodes: z.array(
    z.object({ id: z.string().optional(), comments: commentPage.optional() }).nullable(),
  ),
});

/** The last comments of many threads at once: the other end of what did not fit the first page. */
export const lastComments: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  // An id of nothing costs the other threads nothing.
  optional: [["nodes"]],
  text: /* GraphQL */ `
    query LastComments($threads: [ID!]!, $hunks: Boolean!) {
      ${rateLimitFields}
      nodes(ids: $threads) {
        ... on PullRequestReviewThread {
          id
          comments(last: 100) { ${commentPageFields} }
        }
      }
    }`,
};
