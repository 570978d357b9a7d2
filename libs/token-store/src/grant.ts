import { TokenStoreError } from "./errors.ts";
import type { StoredToken } from "./record-storage.ts";

/** What an administrator hands over for a new key. */
export interface TokenGrant {
  readonly githubToken: string;
  /** The one host this GitHub token may be sent to. */
  readonly githubHost: string;
  readonly userId?: string | undefined;
  readonly description?: string | undefined;
  /** `["comments:read"]` unless told. */
  readonly scopes?: readonly string[] | undefined;
  /** `owner/name` or `owner/*`; every repository the GitHub token can see unless told. */
  readonly allowedRepos?: readonly string[] | undefined;
  /** Requests per window; the server's own limit unless told. */
  readonly rateLimit?: number | undefined;
  /** In ms since the epoch; never unless told. */
  readonly expiresAt?: number | undefined;
  /** Addresses and CIDR ranges; anywhere unless told. */
  readonly allowedIps?: readonly string[] | undefined;
  /** Whether it may only read, whatever its scopes; false unless told. */
  readonly readOnly?: boolean | undefined;
  /** Whose the GitHub token is. */
  readonly githubLogin?: string | undefined;
  /** What a classic GitHub token may do. */
  readonly githubScopes?: readonly string[] | undefined;
  /** In ms since the epoch. */
  readonly githubTokenExpiresAt?: number | undefined;
}

/** What is to change about a key: what is absent stays, and `null` clears. */
export interface TokenChange {
  /** Another one; what was known of the former is forgotten, unless this change tells it anew. */
  readonly githubToken?: string | undefined;
  readonly userId?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly allowedRepos?: readonly string[] | null | undefined;
  readonly rateLimit?: number | null | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly allowedIps?: readonly string[] | null | undefined;
  readonly readOnly?: boolean | null | undefined;
  readonly githubLogin?: string | null | undefined;
  readonly githubScopes?: readonly string[] | null | undefined;
  readonly githubTokenExpiresAt?: number | null | undefined;
  readonly disabled?: boolean | undefined;
  /** Kept only while the key is disabled. */
  readonly disabledReason?: string | null | undefined;
}

/** What is known of a GitHub token, and of no other one. */
type GitHubFacts = Pick<StoredToken, "githubLogin" | "githubScopes" | "githubTokenExpiresAt">;

/** The fields that a grant decides. */
export type GrantedFields = GitHubFacts &
  Pick<
    StoredToken,
    | "userId"
    | "description"
    | "scopes"
    | "allowedRepos"
    | "rateLimit"
    | "expiresAt"
    | "allowedIps"
    | "readOnly"
  >;

/** The fields that a change decides. */
export type ChangeableFields = GrantedFields & Pick<StoredToken, "disabled" | "disabledReason">;

const unknownFacts: GitHubFacts = {
  githubLogin: undefined,
  githubScopes: undefined,
  githubTokenExpiresAt: undefined,
};

/** What a key gets by its grant, or by the record of the key that it follows. */
export function grantedFields(
  grant: Omit<TokenGrant, "githubToken" | "githubHost">,
): GrantedFields {
  return {
    userId: grant.userId,
    description: grant.description,
    scopes: grant.scopes ?? ["comments:read"],
    allowedRepos: grant.allowedRepos,
    rateLimit: grant.rateLimit,
    expiresAt: grant.expiresAt,
    allowedIps: grant.allowedIps,
    readOnly: grant.readOnly ?? false,
    githubLogin: grant.githubLogin,
    githubScopes: grant.githubScopes,
    githubTokenExpiresAt: grant.githubTokenExpiresAt,
  };
}

/** The fields as a change leaves them. */
export function changedFields(before: ChangeableFields, change: TokenChange): ChangeableFields {
  const disabled = change.disabled ?? before.disabled;
  const facts = change.githubToken === undefined ? before : unknownFacts;
  return {
    userId: changed(before.userId, change.userId),
    description: changed(before.description, change.description),
    scopes: change.scopes ?? before.scopes,
    allowedRepos: changed(before.allowedRepos, change.allowedRepos),
    rateLimit: changed(before.rateLimit, change.rateLimit),
    expiresAt: changed(before.expiresAt, change.expiresAt),
    allowedIps: changed(before.allowedIps, change.allowedIps),
    readOnly: changed(before.readOnly, change.readOnly) ?? false,
    githubLogin: changed(facts.githubLogin, change.githubLogin),
    githubScopes: changed(facts.githubScopes, change.githubScopes),
    githubTokenExpiresAt: changed(facts.githubTokenExpiresAt, change.githubTokenExpiresAt),
    disabled,
    disabledReason: disabled ? changed(before.disabledReason, change.disabledReason) : undefined,
  };
}

/** A GitHub token without the blanks around it; throws `invalid-token` when nothing is left. */
export function trimmedToken(text: string): string {
  const token = text.trim();
  if (token === "") {
    throw new TokenStoreError("invalid-token", "The GitHub token is blank. Give a token.");
  }
  return token;
}

function changed<T>(before: T | undefined, change: T | null | undefined): T | undefined {
  return change === undefined ? before : (change ?? undefined);
}
