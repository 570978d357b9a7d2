import { signOnMissing } from "../graphql/errors.ts";
import type { Seed, SeedRepository } from "../seed.ts";
import type { IssueComment } from "./issue-comment.ts";
import type { PullRequest } from "./pull-request.ts";
import { Repository } from "./repository.ts";
import type { ReviewComment } from "./review-comment.ts";
import type { ReviewThread } from "./review-thread.ts";
import type { Review } from "./review.ts";
import { canRead, lacksSignOn, type Viewer } from "./viewer.ts";

/** What `node(id:)` can find. */
export type FoundNode =
  | Repository
  | PullRequest
  | ReviewThread
  | ReviewComment
  | Review
  | IssueComment;

/** GitHub as one viewer sees it, for the length of one request. */
export class View {
  readonly seed: Seed;
  readonly viewer: Viewer;
  /** Base of the addresses for people, without a trailing slash. */
  readonly webUrl: string;
  readonly now: () => number;
  #nodes: ReadonlyMap<string, FoundNode> | undefined;

  constructor(seed: Seed, viewer: Viewer, webUrl: string, now: () => number) {
    this.seed = seed;
    this.viewer = viewer;
    this.webUrl = webUrl;
    this.now = now;
  }

  /** The seed's repository of that full name (in any case), whoever may read it. */
  find(fullName: string): SeedRepository | undefined {
    const wanted = fullName.toLowerCase();
    return this.seed.repositories.find(
      ({ owner, name }) => `${owner}/${name}`.toLowerCase() === wanted,
    );
  }

  /** The repository, if there is one the viewer may read. Throws when SAML sign-on is missing. */
  repository(fullName: string): Repository | undefined {
    const seed = this.find(fullName);
    if (seed === undefined || !canRead(this.viewer, seed)) return undefined;
    if (lacksSignOn(this.viewer, seed.owner)) throw signOnMissing();
    return new Repository(this, seed);
  }

  /** Every repository the viewer may read. */
  get repositories(): readonly Repository[] {
    return this.seed.repositories
      .filter((seed) => canRead(this.viewer, seed) && !lacksSignOn(this.viewer, seed.owner))
      .map((seed) => new Repository(this, seed));
  }

  /** Whatever the viewer may read under that id. */
  node(id: string): FoundNode | undefined {
    this.#nodes ??= new Map(this.#everything().map((node) => [node.id, node]));
    return this.#nodes.get(id);
  }

  #everything(): readonly FoundNode[] {
    return this.repositories.flatMap((repository) => [
      repository,
      ...repository.allPullRequests.flatMap(contentsOf),
    ]);
  }
}

function contentsOf(pullRequest: PullRequest): readonly FoundNode[] {
  const threads = pullRequest.allThreads;
  return [
    pullRequest,
    ...threads,
    ...threads.flatMap((thread) => thread.allComments),
    ...pullRequest.allReviews,
    ...pullRequest.allIssueComments,
  ];
}
