import { TokenStoreError } from "../errors.ts";

const remedies = new Map([
  ["ENOSPC", "Free space on its disk"],
  ["EDQUOT", "Free space in its quota"],
  ["EFBIG", "Raise the limit of file size"],
  ["EROFS", "Mount its disk for writing"],
  ["EACCES", "Give this user the right to read and write its folder"],
  ["EPERM", "Give this user the right to read and write its folder"],
  ["ENOENT", "See that its folder is there or can be made, or name another one"],
  ["EEXIST", "Remove the file that is in the place of its folder, or name another one"],
  ["ENOTDIR", "Remove the file that is in the place of its folder, or name another one"],
]);

/** The `store-unavailable` of a file or folder: names `path`, the system's error code, and what to do. */
export function unavailable(path: string, cause: unknown): TokenStoreError {
  const code = codeOf(cause);
  const remedy = remedies.get(code) ?? "See that its folder exists on a working disk";
  return new TokenStoreError(
    "store-unavailable",
    `${path} cannot be read or written (${code}). Nothing was changed. ${remedy}, then try again.`,
    { cause },
  );
}

/** The system's code for an error (`ENOENT`), or `unknown`. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !("code" in error)) return "unknown";
  return String(error.code);
}
