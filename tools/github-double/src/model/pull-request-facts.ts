import type { AuthorAssociation, SeedPullRequest } from "../seed.ts";
import { type Actor, authorOf } from "./actor.ts";
import { databaseIdOf, nodeIdOf, oidOf } from "./identity.ts";
import type { Repository } from "./repository.ts";
import { decisionOf } from "./reviews.ts";

/** What a pull request is, apart from what was said on it. */
export abstract class PullRequestFacts {
  readonly __typename = "PullRequest";
  readonly repository: Repository;
  readonly seed: SeedPullRequest;

  constructor(repository: Repository, seed: SeedPullRequest) {
    this.repository = repository;
    this.seed = seed;
  }

  /** `owner/name#number`: the id everything left out is derived from. */
  protected get place(): string {
    return `${this.repository.nameWithOwner}#${this.seed.number}`;
  }

  get id(): string {
    return nodeIdOf("PR", this.place);
  }

  get fullDatabaseId(): string {
    return databaseIdOf(this.id);
  }

  get number(): number {
    return this.seed.number;
  }

  get title(): string {
    return this.seed.title;
  }

  get body(): string {
    return this.seed.body ?? "";
  }

  get state(): "OPEN" | "CLOSED" | "MERGED" {
    return this.seed.state ?? "OPEN";
  }

  get closed(): boolean {
    return this.state !== "OPEN";
  }

  get merged(): boolean {
    return this.state === "MERGED";
  }

  get isDraft(): boolean {
    return this.seed.isDraft ?? false;
  }

  get author(): Actor | null {
    return authorOf(this.repository.view.webUrl, this.seed.author);
  }

  get authorAssociation(): AuthorAssociation {
    return this.seed.authorAssociation ?? "COLLABORATOR";
  }

  get createdAt(): string {
    return this.seed.createdAt ?? "2026-01-05T09:00:00Z";
  }

  get updatedAt(): string {
    return this.seed.updatedAt ?? this.createdAt;
  }

  get closedAt(): string | null {
    return this.closed ? this.updatedAt : null;
  }

  get mergedAt(): string | null {
    return this.merged ? this.updatedAt : null;
  }

  get resourcePath(): string {
    return `${this.repository.resourcePath}/pull/${this.number}`;
  }

  get url(): string {
    return `${this.repository.view.webUrl}${this.resourcePath}`;
  }

  get permalink(): string {
    return this.url;
  }

  get headRefName(): string {
    return this.seed.headRefName;
  }

  get headRefOid(): string {
    return this.seed.headRefOid ?? oidOf(`${this.place}/head`);
  }

  get headRepositoryOwner(): Actor {
    return this.headRepository.owner;
  }

  get headRepository(): Repository {
    return this.repository.ownedBy(this.seed.headOwner ?? this.repository.owner.login);
  }

  get isCrossRepository(): boolean {
    return this.headRepository.nameWithOwner !== this.repository.nameWithOwner;
  }

  get baseRefName(): string {
    return this.seed.baseRefName ?? this.repository.defaultBranchRef.name;
  }

  get baseRefOid(): string {
    return this.seed.baseRefOid ?? oidOf(`${this.repository.nameWithOwner}/base`);
  }

  get baseRepository(): Repository {
    return this.repository;
  }

  get additions(): number {
    return this.seed.additions ?? this.seed.threads.length;
  }

  get deletions(): number {
    return this.seed.deletions ?? 0;
  }

  get changedFiles(): number {
    return this.seed.changedFiles ?? new Set(this.seed.threads.map(({ path }) => path)).size;
  }

  get reviewDecision(): SeedPullRequest["reviewDecision"] {
    const { reviewDecision } = this.seed;
    return reviewDecision === undefined ? decisionOf(this.seed.reviews ?? []) : reviewDecision;
  }

  get viewerDidAuthor(): boolean {
    const viewer = this.repository.view.viewer.token;
    return viewer !== undefined && this.author?.login === viewer.login;
  }

  get viewerCanUpdate(): boolean {
    return this.viewerDidAuthor || this.repository.viewerCanWrite;
  }

  get viewerCanClose(): boolean {
    return this.viewerCanUpdate && !this.closed;
  }

  get viewerCanReopen(): boolean {
    return this.viewerCanUpdate && this.state === "CLOSED";
  }

  get viewerCanReact(): boolean {
    return this.repository.view.viewer.token !== undefined;
  }

  get viewerCanApplySuggestion(): boolean {
    return this.repository.viewerCanWrite && !this.closed;
  }
}
