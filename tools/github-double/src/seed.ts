/**
 * What the double knows: tokens, repositories and their pull requests. Plain data, read anew on every
 * request, so a test may change it while the double runs. Whatever is left out is derived from the ids.
 */
export interface Seed {
  /** Keyed by the token itself, as it stands in `Authorization: Bearer ...`. */
  tokens: Record<string, SeedToken>;
  repositories: SeedRepository[];
}

/** An access token: who it speaks for, and what it may read and write. */
export interface SeedToken {
  login: string;
  name?: string;
  /** Sent as `x-oauth-scopes` for classic tokens; `["repo"]` if left out. */
  scopes?: string[];
  /** Told from the token's prefix if left out. */
  kind?: "classic" | "fine-grained" | "installation";
  /** Full names of the private repositories it may read; none if left out. Public ones are always readable. */
  repositories?: "all" | string[];
  /** Whether the mutations are allowed; false if left out. */
  canWrite?: boolean;
  /** ISO 8601. A token past it is refused like an unknown one. */
  expiresAt?: string;
  /** Points per hour and bucket; 5,000 if left out. */
  limit?: number;
  /** Login of an organization whose SAML sign-on this token lacks. */
  ssoRequired?: string;
}

/** A repository and its pull requests. */
export interface SeedRepository {
  owner: string;
  name: string;
  private?: boolean;
  /** Full name (`owner/name`) of the repository this is a fork of; it must be in the seed too. */
  parent?: string;
  defaultBranch?: string;
  pullRequests: SeedPullRequest[];
}

/** A pull request and everything said on it. */
export interface SeedPullRequest {
  number: number;
  title: string;
  body?: string;
  state?: "OPEN" | "CLOSED" | "MERGED";
  isDraft?: boolean;
  headRefName: string;
  /** The repository's owner if left out; another login makes it a pull request from a fork. */
  headOwner?: string;
  headRefOid?: string;
  baseRefName?: string;
  baseRefOid?: string;
  author?: SeedAuthor | null;
  authorAssociation?: AuthorAssociation;
  reviewDecision?: "APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED" | null;
  createdAt?: string;
  updatedAt?: string;
  additions?: number;
  deletions?: number;
  changedFiles?: number;
  threads: SeedThread[];
  reviews?: SeedReview[];
  comments?: SeedIssueComment[];
}

/** An author; `null` in its place is a deleted account (a ghost). */
export interface SeedAuthor {
  login: string;
  type?: "User" | "Bot" | "Mannequin";
}

/** GitHub's `CommentAuthorAssociation`. */
export type AuthorAssociation =
  | "COLLABORATOR"
  | "CONTRIBUTOR"
  | "FIRST_TIMER"
  | "FIRST_TIME_CONTRIBUTOR"
  | "MANNEQUIN"
  | "MEMBER"
  | "NONE"
  | "OWNER";

/** GitHub's `ReactionContent`. */
export type ReactionContent =
  | "THUMBS_UP"
  | "THUMBS_DOWN"
  | "LAUGH"
  | "HOORAY"
  | "CONFUSED"
  | "HEART"
  | "ROCKET"
  | "EYES";

/** A review thread: a place in the diff, and its comments, oldest first. */
export interface SeedThread {
  id: string;
  path: string;
  /** `null` for an outdated or file-level thread; 1 if left out. */
  line?: number | null;
  /** `line` if left out. */
  originalLine?: number | null;
  startLine?: number | null;
  originalStartLine?: number | null;
  diffSide?: "LEFT" | "RIGHT";
  startDiffSide?: "LEFT" | "RIGHT" | null;
  subjectType?: "LINE" | "FILE";
  isResolved?: boolean;
  isOutdated?: boolean;
  isCollapsed?: boolean;
  /** A login; `null` for a resolver whose account is gone. */
  resolvedBy?: string | null;
  viewerCanReply?: boolean;
  viewerCanResolve?: boolean;
  viewerCanUnresolve?: boolean;
  comments: SeedComment[];
}

/** What review comments, reviews and conversation comments have in common. */
export interface SeedRemark {
  /** The GraphQL node id. */
  id: string;
  /** Decimal digits of a 64-bit number. */
  fullDatabaseId?: string;
  author?: SeedAuthor | null;
  authorAssociation?: AuthorAssociation;
  createdAt?: string;
  updatedAt?: string;
  lastEditedAt?: string | null;
  url?: string;
  isMinimized?: boolean;
  minimizedReason?: string | null;
  reactions?: Partial<Record<ReactionContent, number>>;
}

/** A comment of a review thread. A `null` body or hunk breaks GitHub's contract: the double reports it. */
export interface SeedComment extends SeedRemark {
  body: string | null;
  diffHunk?: string | null;
  state?: "PENDING" | "SUBMITTED";
  /** The id of the thread's first comment if left out; `null` for that first comment. */
  replyTo?: string | null;
  /** A review of the pull request; left out, the author gets one of their own, without a body. */
  reviewId?: string;
  commitOid?: string;
  originalCommitOid?: string;
}

/** A review: a verdict with a body, to which thread comments may belong. */
export interface SeedReview extends SeedRemark {
  author: SeedAuthor | null;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  body: string;
  submittedAt: string | null;
  commitOid?: string;
  authorCanPushToRepository?: boolean;
}

/** A comment of the conversation, outside the diff. */
export interface SeedIssueComment extends SeedRemark {
  body: string;
}
