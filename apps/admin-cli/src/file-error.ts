import { CliError } from "./errors.ts";

/** The word the system has for why a file could not be used, such as ENOENT. */
export function fileReason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown";
}

/** The error for a file that cannot be written; nothing was done. */
export function unwritable(path: string, error: unknown): CliError {
  const reason = fileReason(error);
  if (reason === "EEXIST") {
    return new CliError(
      "unwritable-file",
      `${path} is there already, and is not overwritten. Name another file, or remove it.`,
    );
  }
  return new CliError("unwritable-file", `Cannot write ${path} (${reason}). Nothing was done.`);
}
