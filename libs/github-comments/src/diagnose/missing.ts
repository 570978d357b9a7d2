/** What can be missing, in a word that never changes; words are only ever added. */
export type MissingKind =
  | "token"
  | "two-factor"
  | "token-kind"
  | "token-lifetime"
  | "scope"
  | "permission"
  | "sso"
  | "ip-allow-list"
  | "app-approval"
  | "app-suspended"
  | "account-suspended"
  | "repository-access"
  | "writable-repository"
  | "open-conversation"
  | "smaller-request";

/** The one thing that stands between a caller and GitHub. */
export interface Missing {
  readonly kind: MissingKind;
  /** Which one, in our own words: `Pull requests: read`, `repo`, `366 days`. */
  readonly detail?: string | undefined;
  /** Where a person can get it: GitHub's own sign-on address, and no other. */
  readonly url?: string | undefined;
}
