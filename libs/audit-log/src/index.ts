export type { AuditDetail, AuditEvent } from "./audit-event.ts";
export { AuditLog, type AuditLogOptions } from "./audit-log.ts";
export type { AuditRecord } from "./audit-record.ts";
export type {
  AppendOutcome,
  AuditBatch,
  AuditRange,
  AuditStorage,
  StoredLog,
} from "./audit-storage.ts";
export { AuditLogError, type AuditLogErrorCode } from "./errors.ts";
export { MemoryAuditStorage } from "./memory.ts";
export type { AuditQuery } from "./read-page.ts";
export type { AuditKey } from "./signing-keys.ts";
export type { AuditProblem, AuditProblemKind, AuditProof, AuditVerdict } from "./verdict.ts";
