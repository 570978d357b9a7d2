/** One token as it lies at rest: the key as a hash, the GitHub token sealed. */
export interface StoredToken {
  readonly id: string;
  readonly keyHash: string;
  readonly sealedToken: string;
  readonly userId: string | undefined;
  readonly description: string | undefined;
  readonly githubHost: string;
  /** Milliseconds since the epoch, as is `lastUsedAt`. */
  readonly createdAt: number;
  readonly lastUsedAt: number | undefined;
}

/** Where sealed records lie. A backend knows nothing of keys or encryption. */
export interface RecordStorage {
  /** Stores a record unless its id is taken; false when it is. */
  insert(record: StoredToken): Promise<boolean>;
  get(id: string): Promise<StoredToken | undefined>;
  /** Notes a use, in milliseconds since the epoch; a record that is gone stays gone. */
  touch(id: string, usedAt: number): Promise<void>;
  /** Removes a record; false when there was none. */
  remove(id: string): Promise<boolean>;
  /** Every record, oldest first. */
  list(): Promise<readonly StoredToken[]>;
}
