import { fileFailure } from "@pr-review/durable/file";

import { AuditLogError } from "../errors.ts";

/** The `audit-unavailable` of a folder: names it, the system's error code, and what to do. */
export function unavailable(folder: string, cause: unknown): AuditLogError {
  const { code, remedy = "See that it is a folder on a working disk" } = fileFailure(cause);
  return new AuditLogError(
    "audit-unavailable",
    `The audit log in ${folder} cannot be read or written (${code}). ${remedy}, then try again.`,
    { cause },
  );
}
