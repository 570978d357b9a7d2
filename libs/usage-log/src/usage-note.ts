import type { UsageRow } from "./usage-row.ts";

/** One call, as it is noted when it is over. */
export interface UsageNote {
  /** The public id of the key, never the key. */
  readonly keyId: string;
  readonly userId?: string | undefined;
  /** Absent for what was refused before anybody knew which tool it was for. */
  readonly tool?: string | undefined;
  readonly outcome: "ok" | "error" | "denied";
  /** GraphQL points it cost at GitHub; what is not a whole number from 0 to 1,000,000 counts as 0. */
  readonly points?: number | undefined;
}

/** More characters than an id or a name of ours has; a caller may well send a longer one. */
const maxLength = 256;
const maxPoints = 1_000_000;

/** The row that counts one call; texts are cut off after 256 characters. */
export function rowOf({ keyId, userId, tool, outcome, points = 0 }: UsageNote): UsageRow {
  return {
    keyId: keyId.slice(0, maxLength),
    userId: userId?.slice(0, maxLength),
    tool: tool?.slice(0, maxLength),
    calls: 1,
    errors: outcome === "error" ? 1 : 0,
    denials: outcome === "denied" ? 1 : 0,
    points: Number.isInteger(points) && points >= 0 && points <= maxPoints ? points : 0,
  };
}
