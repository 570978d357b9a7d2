/** What was counted. */
export interface UsageCounts {
  /** Every call, however it went. */
  readonly calls: number;
  /** Those of the calls that failed. */
  readonly errors: number;
  /** Those of the calls that were refused. */
  readonly denials: number;
  /** GraphQL points that GitHub charged for the calls. */
  readonly points: number;
}

/** Whose calls of which tool are counted together. */
export interface UsageSubject {
  /** The public id of a key, never the key. */
  readonly keyId: string;
  readonly userId: string | undefined;
  readonly tool: string | undefined;
}

/** The counts of one key, user and tool on one day. */
export interface UsageRow extends UsageSubject, UsageCounts {}

/** Takes what no row of its own is left for. */
export const other: UsageSubject = { keyId: "other", userId: undefined, tool: "other" };

/** Nothing counted. */
export const noCounts: UsageCounts = { calls: 0, errors: 0, denials: 0, points: 0 };

/** A text that is the same for the same subject only. */
export function subjectId({ keyId, userId, tool }: UsageSubject): string {
  const what = [keyId, tool ?? null];
  return JSON.stringify(userId === undefined ? what : [...what, userId]);
}

/** Both together. */
export function sumOf(a: UsageCounts, b: UsageCounts): UsageCounts {
  return {
    calls: a.calls + b.calls,
    errors: a.errors + b.errors,
    denials: a.denials + b.denials,
    points: a.points + b.points,
  };
}
