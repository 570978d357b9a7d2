import type { AuthorAssociation, SeedRemark } from "../seed.ts";
import { type Actor, authorOf } from "./actor.ts";
import { databaseIdOf, momentOf } from "./identity.ts";
import type { PullRequest } from "./pull-request.ts";
import { reactionGroups, type ReactionGroup } from "./reactions.ts";
import type { Repository } from "./repository.ts";

/** What review comments, reviews and conversation comments share. */
export abstract class Remark<Kind extends SeedRemark = SeedRemark> {
  readonly seed: Kind;
  readonly pullRequest: PullRequest;

  constructor(pullRequest: PullRequest, seed: Kind) {
    this.pullRequest = pullRequest;
    this.seed = seed;
  }

  /** The part of the address after `#`, without the number. */
  protected abstract readonly anchor: string;

  get id(): string {
    return this.seed.id;
  }

  get fullDatabaseId(): string {
    return this.seed.fullDatabaseId ?? databaseIdOf(this.seed.id);
  }

  get repository(): Repository {
    return this.pullRequest.repository;
  }

  get author(): Actor | null {
    return authorOf(this.repository.view.webUrl, this.seed.author);
  }

  get authorAssociation(): AuthorAssociation {
    return this.seed.authorAssociation ?? "COLLABORATOR";
  }

  get createdAt(): string {
    return this.seed.createdAt ?? momentOf(this.seed.id);
  }

  get updatedAt(): string {
    return this.seed.updatedAt ?? this.seed.lastEditedAt ?? this.createdAt;
  }

  get publishedAt(): string | null {
    return this.createdAt;
  }

  get lastEditedAt(): string | null {
    return this.seed.lastEditedAt ?? null;
  }

  get resourcePath(): string {
    return `${this.pullRequest.resourcePath}#${this.anchor}${this.fullDatabaseId}`;
  }

  get url(): string {
    return this.seed.url ?? `${this.repository.view.webUrl}${this.resourcePath}`;
  }

  get isMinimized(): boolean {
    return this.seed.isMinimized ?? false;
  }

  get minimizedReason(): string | null {
    return this.seed.minimizedReason ?? (this.isMinimized ? "outdated" : null);
  }

  get viewerDidAuthor(): boolean {
    const viewer = this.repository.view.viewer.token;
    return viewer !== undefined && this.author?.login === viewer.login;
  }

  get viewerCanUpdate(): boolean {
    return this.viewerDidAuthor || this.repository.viewerCanWrite;
  }

  get viewerCanDelete(): boolean {
    return this.viewerCanUpdate;
  }

  get viewerCanMinimize(): boolean {
    return this.repository.viewerCanWrite;
  }

  get viewerCanReact(): boolean {
    return this.repository.view.viewer.token !== undefined;
  }

  get reactionGroups(): readonly ReactionGroup[] {
    return reactionGroups(this.seed.reactions ?? {});
  }
}
