import { daysAfter, parseDay } from "./day.ts";
import type { UsageRow } from "./usage-row.ts";

/** Which calls are wanted; all that are kept unless told. */
export interface UsageFilter {
  /** The first day, in UTC, as `2026-11-22`. */
  readonly from?: string | undefined;
  /** The last day, included. */
  readonly to?: string | undefined;
  readonly keyId?: string | undefined;
  readonly userId?: string | undefined;
  readonly tool?: string | undefined;
}

/** What rows are told apart by. */
export type UsageGroup = "day" | "key" | "user" | "tool";

/** Which calls are wanted, and what their rows are told apart by: by everything unless told. */
export interface UsageQuery extends UsageFilter {
  readonly groupBy?: readonly UsageGroup[] | undefined;
}

/** A first and a last day. */
export interface DayRange {
  readonly first: string;
  readonly last: string;
}

/** Which of the days that are kept are wanted. Throws `invalid-day`. */
export function rangeOf({ from, to }: UsageFilter, today: string, keepDays: number): DayRange {
  const oldest = daysAfter(today, 1 - keepDays);
  // The clock of another instance may be ahead of ours.
  const newest = daysAfter(today, 1);
  const first = from === undefined ? oldest : parseDay(from);
  const last = to === undefined ? newest : parseDay(to);
  return { first: first < oldest ? oldest : first, last: last > newest ? newest : last };
}

/** Whether a row is of the key, user and tool that are wanted. */
export function isWanted(row: UsageRow, { keyId, userId, tool }: UsageFilter): boolean {
  return (
    (keyId === undefined || row.keyId === keyId) &&
    (userId === undefined || row.userId === userId) &&
    (tool === undefined || row.tool === tool)
  );
}
