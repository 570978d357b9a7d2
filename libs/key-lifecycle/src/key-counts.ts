import type { KeyRecord } from "./key-record.ts";
import { dayMs } from "./stage.ts";

/** How many keys are in a state that somebody may want to see to; none is counted twice. */
export interface KeyCounts {
  /** They work, and expire within 7 days. */
  readonly expiring: number;
  /** They are expired, and not disabled. */
  readonly expired: number;
  readonly disabled: number;
}

/** Counts keys by their state at `now`, in ms since the epoch. */
export function countKeys(records: readonly KeyRecord[], now: number): KeyCounts {
  const ends = records
    .filter(({ disabled }) => !disabled)
    .map(({ expiresAt = Infinity }) => expiresAt);
  return {
    expiring: ends.filter((end) => end > now && end <= now + 7 * dayMs).length,
    expired: ends.filter((end) => end <= now).length,
    disabled: records.length - ends.length,
  };
}
