import type { UsageGroup } from "./usage-query.ts";
import { sumOf, type UsageCounts, type UsageRow } from "./usage-row.ts";

/** Counts of everything that is the same in what was grouped by; only that is there. */
export interface UsageSummary extends UsageCounts {
  readonly day?: string;
  readonly keyId?: string;
  /** Absent too for a key without a user. */
  readonly userId?: string;
  /** Absent too for what was refused before the tool was known. */
  readonly tool?: string;
}

type Label = string | undefined;
type Labels = readonly [day: Label, keyId: Label, userId: Label, tool: Label];

interface Sum {
  readonly labels: Labels;
  counts: UsageCounts;
}

/** Sums rows up by groups. */
export class Summary {
  readonly #groups: ReadonlySet<UsageGroup>;
  readonly #sums = new Map<string, Sum>();

  constructor(groups: readonly UsageGroup[]) {
    this.#groups = new Set(groups);
  }

  add(day: string, row: UsageRow): void {
    const labels = this.#labels(day, row);
    const id = JSON.stringify(labels);
    const sum = this.#sums.get(id);
    if (sum === undefined) this.#sums.set(id, { labels, counts: row });
    else sum.counts = sumOf(sum.counts, row);
  }

  /** By day, key, user and tool, each in the order of its characters; what has no user, or no tool, comes first. */
  sorted(): readonly UsageSummary[] {
    return Array.from(this.#sums.values(), toSummary).toSorted(
      (a, b) =>
        compare(a.day, b.day) ||
        compare(a.keyId, b.keyId) ||
        compare(a.userId, b.userId) ||
        compare(a.tool, b.tool),
    );
  }

  #labels(day: string, { keyId, userId, tool }: UsageRow): Labels {
    const has = this.#groups;
    return [
      has.has("day") ? day : undefined,
      has.has("key") ? keyId : undefined,
      has.has("user") ? userId : undefined,
      has.has("tool") ? tool : undefined,
    ];
  }
}

function toSummary({ labels, counts }: Sum): UsageSummary {
  const [day, keyId, userId, tool] = labels;
  const { calls, errors, denials, points } = counts;
  return {
    ...(day !== undefined && { day }),
    ...(keyId !== undefined && { keyId }),
    ...(userId !== undefined && { userId }),
    ...(tool !== undefined && { tool }),
    calls,
    errors,
    denials,
    points,
  };
}

function compare(a = "", b = ""): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
