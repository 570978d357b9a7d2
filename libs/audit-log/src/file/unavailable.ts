import { AuditLogError } from "../errors.ts";

const remedies = new Map([
  ["ENOSPC", "Free space on its disk"],
  ["EDQUOT", "Free space in its quota"],
  ["EFBIG", "Raise the limit of file size"],
  ["EROFS", "Mount its disk for writing"],
  ["EACCES", "Give this user the right to read and write its folder"],
  ["EPERM", "Give this user the right to read and write its folder"],
  ["EEXIST", "Remove the file that is in the place of its folder"],
  ["ENOTDIR", "Remove the file that is in the place of its folder"],
]);

/** The `audit-unavailable` of a folder: names it, the system's error code, and what to do. */
export function unavailable(folder: string, cause: unknown): AuditLogError {
  const code = codeOf(cause);
  const remedy = remedies.get(code) ?? "See that it is a folder on a working disk";
  return new AuditLogError(
    "audit-unavailable",
    `The audit log in ${folder} cannot be read or written (${code}). ${remedy}, then try again.`,
    { cause },
  );
}

/** The system's code for an error (`ENOENT`), or `unknown`. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "unknown";
  return String(error.code);
}
