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
}

/** What is to change about a key: what is absent stays, and `null` clears. */
export interface TokenChange {
  readonly githubToken?: string | undefined;
  readonly userId?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly allowedRepos?: readonly string[] | null | undefined;
  readonly rateLimit?: number | null | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly disabled?: boolean | undefined;
}

/** The fields that a grant decides. */
export type GrantedFields = Pick<
  StoredToken,
  "userId" | "description" | "scopes" | "allowedRepos" | "rateLimit" | "expiresAt"
>;

/** What a key gets by its grant. */
export function grantedFields(grant: TokenGrant): GrantedFields {
  const { userId, description, allowedRepos, rateLimit, expiresAt } = grant;
  const { scopes = ["comments:read"] } = grant;
  return { userId, description, scopes, allowedRepos, rateLimit, expiresAt };
}

/** The fields as a change leaves them. */
export function changedFields(
  before: GrantedFields & Pick<StoredToken, "disabled">,
  change: TokenChange,
): GrantedFields & Pick<StoredToken, "disabled"> {
  return {
    userId: changed(before.userId, change.userId),
    description: changed(before.description, change.description),
    scopes: change.scopes ?? before.scopes,
    allowedRepos: changed(before.allowedRepos, change.allowedRepos),
    rateLimit: changed(before.rateLimit, change.rateLimit),
    expiresAt: changed(before.expiresAt, change.expiresAt),
    disabled: change.disabled ?? before.disabled,
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
