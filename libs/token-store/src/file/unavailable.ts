import { fileFailure } from "@pr-review/durable/file";

import { TokenStoreError } from "../errors.ts";

/** The `store-unavailable` of a file or folder: names `path`, the system's error code, and what to do. */
export function unavailable(path: string, cause: unknown): TokenStoreError {
  const { code, remedy = "See that its folder exists on a working disk" } = fileFailure(cause);
  return new TokenStoreError(
    "store-unavailable",
    `${path} cannot be read or written (${code}). Nothing was changed. ${remedy}, then try again.`,
    { cause },
  );
}
