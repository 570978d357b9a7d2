import { z } from "zod";

import { isOwner, isRepo } from "../pull-request/pull-request-ref.ts";
import type { GraphQLDocument } from "./document.ts";
import { actor } from "./fields.ts";

const pullRequest = z.object({
  number: z.int().positive(),
  isCrossRepository: z.boolean(),
  headRepositoryOwner: actor,
});

const connection = z.object({ nodes: z.array(pullRequest.nullable()).nullish() });

/** Names go into addresses, so they are held to what GitHub allows. */
const repository = z.object({
  name: z.string().refine(isRepo),
  owner: z.object({ login: z.string().refine(isOwner) }),
  onBranch: connection.optional(),
  listed: connection.optional(),
});

const answer = z.object({
  repository: repository.extend({ parent: repository.nullable() }).nullable(),
});

export type PullRequestNode = z.infer<typeof pullRequest>;
export type PullRequestNodes = z.infer<typeof connection>;
export type RepositoryNode = z.infer<typeof repository>;
export type OpenPullRequests = NonNullable<z.infer<typeof answer>["repository"]>;

/**
 * Everything that any strategy needs to choose an open pull request, in one query: those of the
 * branch, and the first in `$order`; for a fork also those of the repository it was forked from,
 * where GitHub has no filter for the head's owner and a whole page must be looked through.
 */
export const openPullRequests: GraphQLDocument<z.infer<typeof answer>> = {
  answer,
  // A fork has its own pull requests, whether or not its parent can be seen.
  optional: [["repository", "parent"]],
  text: /* GraphQL */ `
    query OpenPullRequests(
      $owner: String!
      $repo: String!
      $branch: String
      $byBranch: Boolean!
      $order: IssueOrder!
    ) {
      repository(owner: $owner, name: $repo) {
        ...OnBranch
        listed: pullRequests(states: OPEN, first: 1, orderBy: $order) {
          ...Candidates
        }
        parent {
          ...OnBranch
          listed: pullRequests(states: OPEN, first: 100, orderBy: $order) @skip(if: $byBranch) {
            ...Candidates
          }
        }
      }
    }

    fragment OnBranch on Repository {
      name
      owner {
        login
      }
      onBranch: pullRequests(states: OPEN, headRefName: $branch, first: 100, orderBy: $order)
        @include(if: $byBranch) {
        ...Candidates
      }
    }

    fragment Candidates on PullRequestConnection {
      nodes {
        number
        isCrossRepository
        headRepositoryOwner {
          login
        }
      }
    }
  `,
};
