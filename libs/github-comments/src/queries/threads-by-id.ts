import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";
import {
  commentPageFields,
  rateLimit,
  rateLimitFields,
  remarkFields,
  remarkNode,
  threadFields,
  threadNode,
} from "./fields.ts";
import { reviewNode } from "./remarks.ts";

const home = z.object({
  number: z.number(),
  repository: z.object({ name: z.string(), owner: z.object({ login: z.string() }) }),
});

const node = z.union([
  threadNode.extend({ kind: z.literal("PullRequestReviewThread"), home }),
  reviewNode.extend({ kind: z.literal("PullRequestReview"), reviewed: home }),
  remarkNode.extend({ kind: z.literal("IssueComment"), discussed: home.nullable() }),
  z.object({ kind: z.literal("other").catch("other") }),
]);

const answer = z.object({ rateLimit, nodes: z.array(node.nullable()) });

/** A thread, a review, a comment of the conversation, or something else that has an id. */
export type NodeById = z.infer<typeof node>;

const homeFields = "number repository { name owner { login } }";

/** Threads by their ids, each with its first comments and the pull request it belongs to. */
export const threadsById: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  // An id of nothing costs the other threads nothing.
  optional: [["nodes"]],
  text: /* GraphQL */ `
    query ThreadsById($ids: [ID!]!, $comments: Int!, $hunks: Boolean!) {
      ${rateLimitFields}
      nodes(ids: $ids) {
        kind: __typename
        ... on PullRequestReviewThread {
          ${threadFields}
          home: pullRequest { ${homeFields} }
          comments(first: $comments) { ${commentPageFields} }
        }
        ... on PullRequestReview {
          ${remarkFields}
          state
          reviewed: pullRequest { ${homeFields} }
        }
        ... on IssueComment {
          ${remarkFields}
          discussed: pullRequest { ${homeFields} }
        }
      }
    }`,
};
