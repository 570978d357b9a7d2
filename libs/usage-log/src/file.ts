export { FileUsageStorage } from "./file/file-usage-storage.ts";
