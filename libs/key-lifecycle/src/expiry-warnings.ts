import type { KeyRecord } from "./key-record.ts";
import { type Stage, stageOf } from "./stage.ts";

/** Something that expires, and how near it is. */
export interface ExpiryWarning {
  readonly record: KeyRecord;
  readonly what: "key" | "github-token";
  readonly stage: Stage;
  /** In ms since the epoch. */
  readonly expiresAt: number;
}

/**
 * What to warn of: keys that work and what they stand for, by the last stage they reached. Not of a key
 * with a successor, which is meant to end, and not of a stage in which a key was born: whoever made it
 * for an hour knows.
 */
export function expiryWarnings(
  records: readonly KeyRecord[],
  now: number,
): readonly ExpiryWarning[] {
  return records
    .filter(({ disabled, rotatedTo }) => !disabled && rotatedTo === undefined)
    .flatMap((record) => [...keyWarnings(record, now), ...tokenWarnings(record, now)]);
}

function keyWarnings(record: KeyRecord, now: number): readonly ExpiryWarning[] {
  const { expiresAt, createdAt } = record;
  if (expiresAt === undefined) return [];
  const reached = stageOf(expiresAt, now);
  if (reached === undefined || createdAt > reached.since) return [];
  return [{ record, what: "key", stage: reached.stage, expiresAt }];
}

function tokenWarnings(record: KeyRecord, now: number): readonly ExpiryWarning[] {
  const { githubTokenExpiresAt: expiresAt, expiresAt: keyExpiresAt = Infinity } = record;
  // A key that has expired needs no token.
  if (expiresAt === undefined || keyExpiresAt <= now) return [];
  const reached = stageOf(expiresAt, now);
  return reached === undefined
    ? []
    : [{ record, what: "github-token", stage: reached.stage, expiresAt }];
}
