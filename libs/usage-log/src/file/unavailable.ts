import { fileFailure } from "@pr-review/durable/file";

import { UsageError } from "../errors.ts";

/** The `usage-unavailable` of a file or folder: names `path`, the system's error code, and what to do. */
export function unavailable(path: string, cause: unknown): UsageError {
  const { code, remedy = "See that its folder exists on a working disk" } = fileFailure(cause);
  return new UsageError(
    "usage-unavailable",
    `${path} cannot be read or written (${code}). ${remedy}; counts are kept in memory until then.`,
    { cause },
  );
}
