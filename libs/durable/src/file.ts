export { appendText } from "./file/append-text.ts";
export { type FileFailure, fileFailure, isMissing } from "./file/failure.ts";
export { makeFolder } from "./file/make-folder.ts";
export { removeLeftovers, replaceFile, type ReplaceOptions } from "./file/replace-file.ts";
export { syncFolder } from "./file/sync-folder.ts";
