import { z } from "zod";

import type { GraphQLDocument } from "./document.ts";

const candidates = z.object({
  nodes: z
    .array(
      z
        .object({
          number: z.number(),
          headRepositoryOwner: z.object({ login: z.string() }).nullish(),
        })
        .nullable(),
    )
    .nullish(),
});

const answer = z.object({
  repository: z
    .object({ onBranch: candidates.optional(), latest: candidates, first: candidates })
    .nullable(),
});

export type OpenPullRequests = NonNullable<z.infer<typeof answer>["repository"]>;

/** Everything that any strategy needs to choose an open pull request, in one query. */
export const openPullRequests: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  text: /* GraphQL */ `
    query OpenPullRequests($owner: String!, $repo: String!, $branch: String, $byBranch: Boolean!) {
      repository(owner: $owner, name: $repo) {
        onBranch: pullRequests(
          states: OPEN
          headRefName: $branch
          first: 50
          orderBy: { field: UPDATED_AT, direction: DESC }
        ) @include(if: $byBranch) {
          nodes {
            number
            headRepositoryOwner {
              login
            }
          }
        }
        latest: pullRequests(
          states: OPEN
          first: 1
          orderBy: { field: UPDATED_AT, direction: DESC }
        ) {
          nodes {
            number
            headRepositoryOwner {
              login
            }
          }
        }
        first: pullRequests(
          states: OPEN
          first: 1
          orderBy: { field: CREATED_AT, direction: ASC }
        ) {
          nodes {
            number
            headRepositoryOwner {
              login
            }
          }
        }
      }
    }
  `,
};
