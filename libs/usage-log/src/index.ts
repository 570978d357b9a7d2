export { UsageError, type UsageErrorCode } from "./errors.ts";
export { MemoryUsageStorage } from "./memory.ts";
export type { UsageSummary } from "./summary.ts";
export { UsageLog, type UsageLogOptions } from "./usage-log.ts";
export type { UsageNote } from "./usage-note.ts";
export type { UsageFilter, UsageGroup, UsageQuery } from "./usage-query.ts";
export type { UsageCounts, UsageRow, UsageSubject } from "./usage-row.ts";
export type { StoredDay, UsageBatch, UsageStorage } from "./usage-storage.ts";
