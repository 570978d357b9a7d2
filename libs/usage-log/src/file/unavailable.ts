import { UsageError } from "../errors.ts";

const remedies = new Map([
  ["ENOSPC", "Free space on its disk"],
  ["EDQUOT", "Free space in its quota"],
  ["EFBIG", "Raise the limit of file size"],
  ["EROFS", "Mount its disk for writing"],
  ["EACCES", "Give this user the right to read and write it"],
  ["EPERM", "Give this user the right to read and write it"],
  ["EEXIST", "Remove the file that is in the place of its folder"],
  ["ENOTDIR", "Remove the file that is in the place of its folder"],
]);

/** The `usage-unavailable` of a file or folder: names `path`, the system's error code, and what to do. */
export function unavailable(path: string, cause: unknown): UsageError {
  const code = codeOf(cause);
  const remedy = remedies.get(code) ?? "See that its folder exists on a working disk";
  return new UsageError(
    "usage-unavailable",
    `${path} cannot be read or written (${code}). ${remedy}; counts are kept in memory until then.`,
    { cause },
  );
}

/** The system's code for an error (`ENOENT`), or `unknown`. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "unknown";
  return String(error.code);
}
