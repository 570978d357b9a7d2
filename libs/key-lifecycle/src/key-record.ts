/** What of a key's record its lifecycle depends on. Times are in ms since the epoch. */
export interface KeyRecord {
  readonly id: string;
  readonly userId: string | undefined;
  readonly createdAt: number;
  readonly lastUsedAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly disabled: boolean;
  readonly githubTokenExpiresAt: number | undefined;
  /** The id of the key that takes its place. */
  readonly rotatedTo: string | undefined;
}

/** Where the records are; a `TokenStore` is one. */
export interface KeyRecords {
  list(): Promise<readonly KeyRecord[]>;
  get(id: string): Promise<KeyRecord | undefined>;
  update(
    id: string,
    change: { readonly disabled: true; readonly disabledReason: "idle" },
  ): Promise<KeyRecord | undefined>;
}
