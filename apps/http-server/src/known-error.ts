import { AuditLogError } from "@pr-review/audit-log";
import { AuthError } from "@pr-review/auth";
import { ToolError, toToolError } from "@pr-review/mcp-tools";
import { LimiterUnavailableError, RateLimitError } from "@pr-review/rate-limiter";
import { TokenStoreError } from "@pr-review/token-store";
import { UsageError } from "@pr-review/usage-log";

import { type AuditCode, type ProblemCode, problems, type StoreCode } from "./problems.ts";
import { RequestError } from "./request-error.ts";
import { OverloadError } from "./serve/overload-error.ts";
import { SseError } from "./sse/error.ts";

/** Errors whose codes all have a row in the table of problems. */
const always = [
  AuthError,
  LimiterUnavailableError,
  OverloadError,
  RateLimitError,
  RequestError,
  SseError,
  ToolError,
  UsageError,
] as const;

/** An error that can be told to a caller. */
export type KnownError =
  | InstanceType<(typeof always)[number]>
  | (AuditLogError & { readonly code: AuditCode })
  | (TokenStoreError & { readonly code: StoreCode });

/** The error to tell for any error: that one itself, or one of `internal-error` and the like. */
export function toKnownError(error: unknown): KnownError {
  if (isKnown(error)) return error;
  return RequestError.fromBodyParser(error) ?? toToolError(error);
}

/** The code by which an error is told. */
export function codeOf(error: unknown): ProblemCode {
  return toKnownError(error).code;
}

function isKnown(error: unknown): error is KnownError {
  if (always.some((known) => error instanceof known)) return true;
  const isPartly = error instanceof AuditLogError || error instanceof TokenStoreError;
  return isPartly && error.code in problems;
}
