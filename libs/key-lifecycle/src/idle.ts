import type { KeyRecord } from "./key-record.ts";
import { dayMs } from "./stage.ts";

/** When a key was last used, or else made, in ms since the epoch. */
export function lastActiveAt({ lastUsedAt, createdAt }: KeyRecord): number {
  return lastUsedAt ?? createdAt;
}

/** Whether a key that works was not used for more than so many days. */
export function isIdle(
  record: KeyRecord,
  { idleDays, now }: { readonly idleDays: number; readonly now: number },
): boolean {
  const { disabled, expiresAt = Infinity } = record;
  return !disabled && expiresAt > now && now - lastActiveAt(record) > idleDays * dayMs;
}
