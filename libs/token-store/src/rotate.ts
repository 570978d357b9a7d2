import { isUnreadable, TokenStoreError } from "./errors.ts";
import { grantedFields } from "./grant.ts";
import { keyOf } from "./key.ts";
import { newRecord } from "./new-record.ts";
import { derivedId } from "./public-id.ts";
import type { OpenRecord, SealedRecords } from "./sealed-records.ts";
import { alreadyRotated, isEnded, superseded } from "./superseded.ts";
import { type IssuedToken, type TokenRecord, toRecord } from "./token-record.ts";

/** How a key is rotated. */
export interface RotateOptions {
  /** How long the old key goes on working, in whole ms; 0 ends it at once. */
  readonly graceMs: number;
  /** When the new key expires, in ms since the epoch: as the old one unless told, never when null. */
  readonly expiresAt?: number | null | undefined;
}

/** A new key, readable this one time, its record, and that of the key it follows. */
export interface RotatedToken extends IssuedToken {
  readonly previous: TokenRecord;
}

/**
 * Lets a new key follow an old one. The id of the new one is made from that of the old one, so that there
 * is never more than one to follow it, and a rotation that crashed is taken up by the next.
 */
export async function rotate(
  records: SealedRecords,
  id: string,
  { graceMs, expiresAt }: RotateOptions,
  now: () => number,
): Promise<RotatedToken | undefined> {
  if (!Number.isSafeInteger(graceMs) || graceMs < 0) {
    throw new RangeError("graceMs must be a whole number of milliseconds, 0 or more.");
  }
  let untold: OpenRecord["stored"] | undefined;
  return records.untilWon(async () => {
    const at = now();
    const old = await records.read(id);
    const refusal = old && refusalOf(old, at);
    if (untold !== undefined && (old === undefined || refusal)) await withdraw(records, untold);
    if (old === undefined) return { won: undefined };
    if (refusal !== undefined) throw refusal;
    await endPredecessor(records, old, at);

    const successor = derivedId("successor", id);
    const key = keyOf(successor);
    const expiry = expiresAt === undefined ? old.stored.expiresAt : (expiresAt ?? undefined);
    const placed = await place(records, old, follower(old, { key, id: successor, expiry, at }));
    if (placed === undefined) return undefined;
    untold = placed.stored;
    // Whoever gets this write through has won: the old record has the version from before `place` only once.
    const ending = superseded(placed.old.stored, { by: successor, at, graceMs });
    const previous = await records.replace(placed.old, { ...placed.old, stored: ending });
    if (previous === undefined) return undefined;
    return { won: { key, record: toRecord(placed.stored), previous: toRecord(previous) } };
  });
}

/** Why a key cannot be rotated, if it cannot. */
function refusalOf({ stored }: OpenRecord, at: number): TokenStoreError | undefined {
  if (stored.rotatedTo !== undefined) return alreadyRotated(stored.rotatedTo);
  if (!stored.disabled && (stored.expiresAt ?? Number.POSITIVE_INFINITY) > at) return undefined;
  return new TokenStoreError(
    "not-rotatable",
    `${stored.id} is disabled or has expired. Enable or prolong it first, or issue a new key.`,
  );
}

/** Removes a new record whose key nobody was told, unless it is that of another rotation by now. */
async function withdraw(
  records: SealedRecords,
  { id, keyHash }: OpenRecord["stored"],
): Promise<void> {
  const there = await records.read(id);
  if (there?.stored.keyHash === keyHash) await records.storage.remove(id);
}

/** Before the new key is there, so that no more than two keys of a line work at any time. */
async function endPredecessor(records: SealedRecords, old: OpenRecord, at: number): Promise<void> {
  const { id, rotatedFrom } = old.stored;
  if (rotatedFrom === undefined) return;
  try {
    await records.rewrite(rotatedFrom, (before) => {
      if (isEnded(before.stored)) return undefined;
      return { ...before, stored: superseded(before.stored, { by: id, at, graceMs: 0 }) };
    });
  } catch (error) {
    // What does not open does not work either.
    if (!isUnreadable(error)) throw error;
  }
}

interface Follower {
  readonly key: string;
  readonly id: string;
  readonly expiry: number | undefined;
  readonly at: number;
}

/** The new record, with all that the old one was granted. */
function follower({ stored, secret }: OpenRecord, { key, id, expiry, at }: Follower): OpenRecord {
  return newRecord(key, {
    id,
    githubToken: secret.githubToken,
    githubHost: stored.githubHost,
    fields: { ...grantedFields(stored), expiresAt: expiry },
    createdAt: at,
    // The id may have been here before, as that of a rotation that was revoked halfway.
    version: at,
    origin: { rotatedFrom: stored.id },
  });
}

interface Placed {
  /** The old record as it is now. */
  readonly old: OpenRecord;
  /** The new one. */
  readonly stored: OpenRecord["stored"];
}

/**
 * Stores the new record, in the place of one that a crashed rotation left: its key was never handed out.
 * That rotation may be a slow one, so the old record gets a new version first, without which the slow one
 * fails. `undefined` when another rotation does the same.
 */
async function place(
  records: SealedRecords,
  old: OpenRecord,
  next: OpenRecord,
): Promise<Placed | undefined> {
  if (await records.insert(next)) return { old, stored: next.stored };
  const leftover = await records.read(next.stored.id);
  if (leftover === undefined) return undefined;
  refuseUsed(leftover, old.stored.id);

  const fenced = await records.replace(old, old);
  const stored = fenced && (await records.replace(leftover, next));
  return stored && { old: { ...old, stored: fenced }, stored };
}

/** A key that somebody has is not to be replaced. */
function refuseUsed({ stored }: OpenRecord, id: string): void {
  const { rotatedFrom, rotatedTo, lastUsedAt } = stored;
  if (rotatedFrom === id && rotatedTo === undefined && lastUsedAt === undefined) return;
  throw alreadyRotated(stored.id);
}
