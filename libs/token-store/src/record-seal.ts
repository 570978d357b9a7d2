import type { BoundField } from "./associated-data.ts";
import type { StoredToken } from "./record-storage.ts";
import type { Seal } from "./seal.ts";

/** What a record hides. The pepper lies with the token, so that resealing needs no API key. */
export interface RecordSecret {
  /** 32 random bytes of this record alone, the key of its `keyHash`. */
  readonly pepper: Buffer;
  readonly githubToken: string;
}

const pepperBytes = 32;

/** A record with its secret sealed into it, bound to every other field but the last use. */
export function sealRecord(
  seal: Seal,
  fields: Omit<StoredToken, "sealed">,
  { pepper, githubToken }: RecordSecret,
): StoredToken {
  const plain = Buffer.concat([pepper, Buffer.from(githubToken)]);
  return { ...fields, sealed: seal.seal(plain, boundFields(fields)) };
}

/** The secret in a record; throws `unreadable-record` when any bound field is not as it was sealed. */
export function openRecord(seal: Seal, stored: StoredToken): RecordSecret {
  const plain = seal.open(stored.sealed, boundFields(stored));
  return {
    pepper: plain.subarray(0, pepperBytes),
    githubToken: plain.subarray(pepperBytes).toString("utf8"),
  };
}

/**
 * In an order that must never change; new fields go to the end, under a new label. A record without any of
 * the second label is bound under the first: records from before it open, and earlier releases read ours.
 */
function boundFields(record: Omit<StoredToken, "sealed">): readonly BoundField[] {
  const first = [
    record.id,
    record.keyHash,
    record.githubHost,
    record.userId,
    record.description,
    record.scopes,
    record.allowedRepos,
    record.rateLimit,
    record.createdAt,
    record.expiresAt,
    record.disabled,
    record.version,
  ];
  const second = [
    record.disabledReason,
    record.allowedIps,
    record.readOnly || undefined,
    record.reference,
    record.rotatedFrom,
    record.rotatedTo,
    record.githubLogin,
    record.githubScopes,
    record.githubTokenExpiresAt,
  ];
  if (second.every((field) => field === undefined)) return ["record/1", ...first];
  return ["record/2", ...first, ...second];
}
