import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";

const thread = z.object({
  viewerCanReply: z.boolean(),
  viewerCanResolve: z.boolean(),
  viewerCanUnresolve: z.boolean(),
});

const answer = z.object({
  repository: z
    .object({
      isPrivate: z.boolean(),
      viewerPermission: z.string().nullish(),
      pullRequest: z
        .object({
          viewerDidAuthor: z.boolean(),
          reviewThreads: z.object({ nodes: z.array(thread.nullable()).nullish() }),
        })
        .nullable(),
    })
    .nullable(),
});

export type ThreadRights = z.infer<typeof thread>;

/** What the caller may do with a pull request, by the example of one thread. */
export const pullRequestAccess: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query PullRequestAccess($owner: String!, $repo: String!, $number: Int!) {
      repository(owner: $owner, name: $repo) {
        isPrivate
        viewerPermission
        pullRequest(number: $number) {
          viewerDidAuthor
          reviewThreads(first: 1) {
            nodes {
              viewerCanReply
              viewerCanResolve
              viewerCanUnresolve
            }
          }
        }
      }
    }
  `,
};
