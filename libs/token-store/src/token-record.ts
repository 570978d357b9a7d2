import type { StoredToken } from "./record-storage.ts";

/** What may be told about a key: everything but its secrets. Times are in ms since the epoch. */
export type TokenRecord = Omit<StoredToken, "keyHash" | "sealed">;

/** A new key, readable this one time, and its record. */
export interface IssuedToken {
  readonly key: string;
  readonly record: TokenRecord;
}

/** The public fields and no other, whatever else lies with them. */
export function toRecord(stored: TokenRecord): TokenRecord {
  return {
    id: stored.id,
    userId: stored.userId,
    description: stored.description,
    githubHost: stored.githubHost,
    scopes: stored.scopes,
    allowedRepos: stored.allowedRepos,
    rateLimit: stored.rateLimit,
    createdAt: stored.createdAt,
    lastUsedAt: stored.lastUsedAt,
    expiresAt: stored.expiresAt,
    disabled: stored.disabled,
    disabledReason: stored.disabledReason,
    allowedIps: stored.allowedIps,
    readOnly: stored.readOnly,
    reference: stored.reference,
    rotatedFrom: stored.rotatedFrom,
    rotatedTo: stored.rotatedTo,
    githubLogin: stored.githubLogin,
    githubScopes: stored.githubScopes,
    githubTokenExpiresAt: stored.githubTokenExpiresAt,
    version: stored.version,
  };
}
