/** One token as it lies at rest: the key as a hash, the GitHub token sealed. Times are in ms since the epoch. */
export interface StoredToken {
  /** The public id inside the key. */
  readonly id: string;
  readonly keyHash: string;
  readonly sealed: string;
  readonly userId: string | undefined;
  readonly description: string | undefined;
  readonly githubHost: string;
  readonly scopes: readonly string[];
  /** `owner/name` or `owner/*`; every repository the GitHub token can see when undefined. */
  readonly allowedRepos: readonly string[] | undefined;
  /** Requests per window in place of the server's own limit. */
  readonly rateLimit: number | undefined;
  readonly createdAt: number;
  readonly lastUsedAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly disabled: boolean;
  /** Why it is disabled, such as `idle`. */
  readonly disabledReason: string | undefined;
  /** Addresses and CIDR ranges that it may be used from; anywhere when undefined. */
  readonly allowedIps: readonly string[] | undefined;
  /** Whether it may only read, whatever its scopes. */
  readonly readOnly: boolean;
  /** What its issuer calls it, once: the id is made from it. */
  readonly reference: string | undefined;
  /** The id of the key that this one was made to follow. */
  readonly rotatedFrom: string | undefined;
  /** The id of the key that was made to follow this one. */
  readonly rotatedTo: string | undefined;
  /** Whose the GitHub token is, as GitHub said. */
  readonly githubLogin: string | undefined;
  /** What a classic GitHub token may do. */
  readonly githubScopes: readonly string[] | undefined;
  readonly githubTokenExpiresAt: number | undefined;
  /** One more with every change but a noted use; no id has the same version twice. */
  readonly version: number;
}

/**
 * Where sealed records lie. A backend knows nothing of keys or encryption. What it acknowledged is kept;
 * when it cannot be reached it rejects with `store-unavailable`, and never answers as if it were empty.
 */
export interface RecordStorage {
  /** What a message calls it: a file, or a server and prefix. Never holds a password. */
  readonly name: string;
  /** Stores a record unless its id is taken; false when it is. */
  insert(record: StoredToken): Promise<boolean>;
  /** Rejects with `unreadable-record` when there is a record that lacks a field. */
  get(id: string): Promise<StoredToken | undefined>;
  /** Puts `record` in the place of its version `version`; false when that is not there (any more). */
  replace(record: StoredToken, version: number): Promise<boolean>;
  /** Notes a use, in ms since the epoch; a record that is gone stays gone. May be lost in a crash. */
  touch(id: string, usedAt: number): Promise<void>;
  /** Removes a record; false when there was none. */
  remove(id: string): Promise<boolean>;
  /** How many records there are, readable or not; none of them is read. */
  count(): Promise<number>;
  /** Every record that has all its fields, oldest first; the ids of any others go to `onUnreadable`. */
  list(onUnreadable?: (id: string) => void): Promise<readonly StoredToken[]>;
  /** The text that `setKeyCheck` stored: by it a store knows whether it has the right secret key. */
  keyCheck(): Promise<string | undefined>;
  /** Keeps that text, in place of the one before. */
  setKeyCheck(text: string): Promise<void>;
}
