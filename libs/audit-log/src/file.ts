export { FileAuditStorage, type FileAuditStorageOptions } from "./file/file-audit-storage.ts";
