export { FileRecordStorage, type FileRecordStorageOptions } from "./file/file-record-storage.ts";
export { PrivateFile } from "./file/private-file.ts";
export type { SnapshotKey } from "./file/snapshot-keys.ts";
