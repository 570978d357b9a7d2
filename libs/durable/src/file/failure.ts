/** Why a file or folder could not be read or written. */
export interface FileFailure {
  /** The system's code, such as `ENOSPC`, or `unknown`. */
  readonly code: string;
  /** What a person can do about it, as the beginning of a sentence; where it is known. */
  readonly remedy: string | undefined;
}

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

/** Tells a failure of the file system by its code, and what to do about it. */
export function fileFailure(error: unknown): FileFailure {
  const code = codeOf(error) ?? "unknown";
  return { code, remedy: remedies.get(code) };
}

/** Whether an error says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === "ENOENT";
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
