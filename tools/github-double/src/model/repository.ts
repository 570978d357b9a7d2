import type { GraphQLResolveInfo } from "graphql";

import { connect, type Connection } from "../graphql/connection.ts";
import { GitHubGraphQLError, NotModelledError } from "../graphql/errors.ts";
import type { SeedRepository } from "../seed.ts";
import { Actor } from "./actor.ts";
import { nodeIdOf, smallIdOf } from "./identity.ts";
import { choosePullRequests, type PullRequestFilter } from "./pull-request-filter.ts";
import { PullRequest } from "./pull-request.ts";
import type { View } from "./view.ts";

/** A repository as the viewer sees it. */
export class Repository {
  readonly __typename = "Repository";
  readonly view: View;
  readonly seed: SeedRepository;

  constructor(view: View, seed: SeedRepository) {
    this.view = view;
    this.seed = seed;
  }

  get id(): string {
    return nodeIdOf("R", this.nameWithOwner);
  }

  get databaseId(): number {
    return smallIdOf(this.nameWithOwner);
  }

  get name(): string {
    return this.seed.name;
  }

  get nameWithOwner(): string {
    return `${this.seed.owner}/${this.seed.name}`;
  }

  get owner(): Actor {
    const { owner } = this.seed;
    const people = Object.values(this.view.seed.tokens).map(({ login }) => login);
    return new Actor(this.view.webUrl, owner, people.includes(owner) ? "User" : "Organization");
  }

  get isPrivate(): boolean {
    return this.seed.private ?? false;
  }

  get visibility(): "PRIVATE" | "PUBLIC" {
    return this.isPrivate ? "PRIVATE" : "PUBLIC";
  }

  get resourcePath(): string {
    return `/${this.nameWithOwner}`;
  }

  get url(): string {
    return `${this.view.webUrl}${this.resourcePath}`;
  }

  get isFork(): boolean {
    return this.seed.parent !== undefined;
  }

  /** `null` also when the viewer may not see it. Throws when the seed lacks it. */
  get parent(): Repository | null {
    if (this.seed.parent === undefined) return null;
    const seed = this.view.find(this.seed.parent);
    if (seed === undefined)
      throw new NotModelledError(`${this.seed.parent}: it is not in the seed`);
    return this.view.repository(this.seed.parent) ?? null;
  }

  get defaultBranchRef(): { readonly name: string; readonly prefix: string } {
    return { name: this.seed.defaultBranch ?? "main", prefix: "refs/heads/" };
  }

  get viewerPermission(): "READ" | "WRITE" {
    return this.viewerCanWrite ? "WRITE" : "READ";
  }

  get viewerCanWrite(): boolean {
    return this.view.viewer.token?.canWrite ?? false;
  }

  /** The same-named repository of another owner: from the seed, else a bare fork of this one. */
  ownedBy(owner: string): Repository {
    if (owner === this.seed.owner) return this;
    const fullName = `${owner}/${this.seed.name}`;
    const fork = { owner, name: this.seed.name, parent: this.nameWithOwner, pullRequests: [] };
    return new Repository(this.view, this.view.find(fullName) ?? fork);
  }

  get allPullRequests(): readonly PullRequest[] {
    return this.seed.pullRequests.map((seed) => new PullRequest(this, seed));
  }

  findPullRequest(number: number): PullRequest | undefined {
    const seed = this.seed.pullRequests.find((pullRequest) => pullRequest.number === number);
    return seed === undefined ? undefined : new PullRequest(this, seed);
  }

  pullRequest({ number }: { readonly number: number }): PullRequest {
    const found = this.findPullRequest(number);
    if (found !== undefined) return found;
    throw new GitHubGraphQLError(
      "NOT_FOUND",
      `Could not resolve to a PullRequest with the number of ${number}.`,
    );
  }

  pullRequests(
    args: PullRequestFilter,
    _context: unknown,
    info: GraphQLResolveInfo,
  ): Connection<PullRequest> {
    const chosen = choosePullRequests(this.allPullRequests, args);
    const handled = ["states", "headRefName", "baseRefName", "orderBy"];
    return connect(this.id, info, args, chosen, handled);
  }
}
