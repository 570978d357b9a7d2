import type { AuditLogErrorCode } from "@pr-review/audit-log";
import type { AuthErrorCode } from "@pr-review/auth";
import type { ToolErrorCode } from "@pr-review/mcp-tools";
import type { LimiterUnavailableError, RateLimitError } from "@pr-review/rate-limiter";
import type { TokenStoreErrorCode } from "@pr-review/token-store";
import type { UsageErrorCode } from "@pr-review/usage-log";

import type { RequestErrorCode } from "./request-error.ts";
import type { OverloadError } from "./serve/overload-error.ts";
import { type SseErrorCode, sseProblems } from "./sse/error.ts";

/** What a store can refuse while it serves; its other codes stop the server at the start. */
export type StoreCode = Extract<
  TokenStoreErrorCode,
  | "already-rotated"
  | "invalid-token"
  | "key-taken"
  | "not-importable"
  | "not-rotatable"
  | "store-unavailable"
  | "unreadable-record"
>;

/** What the audit log can refuse while it serves. */
export type AuditCode = Extract<AuditLogErrorCode, "audit-damaged" | "audit-unavailable">;

/** Every way a request can be refused: the one table from code to status and title. */
export const problems = {
  "missing-credentials": { status: 401, title: "No API key" },
  "invalid-key": { status: 401, title: "Invalid API key" },
  "address-not-allowed": { status: 403, title: "API key not allowed from this address" },
  "insufficient-scope": { status: 403, title: "API key lacks a scope" },
  "too-many-failures": { status: 429, title: "Too many wrong credentials" },
  "invalid-admin-token": { status: 403, title: "Invalid admin token" },
  "admin-token-expired": { status: 403, title: "Admin token has expired" },
  "admin-scope-missing": { status: 403, title: "Admin token lacks a scope" },
  "admin-disabled": { status: 503, title: "Admin API is off" },
  "rate-limited": { status: 429, title: "Too many requests" },
  overloaded: { status: 503, title: "Server is overloaded" },
  "limiter-unavailable": { status: 503, title: "Rate limiter is unavailable" },
  "store-unavailable": { status: 503, title: "Key store is unavailable" },
  "audit-unavailable": { status: 503, title: "Audit log is unavailable" },
  "audit-damaged": { status: 503, title: "Audit log is damaged" },
  "usage-unavailable": { status: 503, title: "Usage log is unavailable" },
  "damaged-usage": { status: 503, title: "Usage log is damaged" },
  "invalid-day": { status: 400, title: "Invalid day" },
  "unreadable-record": { status: 503, title: "Key record does not open" },
  "no-such-route": { status: 404, title: "No such route" },
  "no-sign-in": { status: 404, title: "No sign-in" },
  "no-such-key": { status: 404, title: "No such API key" },
  "already-rotated": { status: 409, title: "API key was rotated already" },
  "not-rotatable": { status: 409, title: "API key cannot be rotated" },
  "key-taken": { status: 409, title: "API key exists already" },
  "not-importable": { status: 400, title: "Not a key to import" },
  "invalid-token": { status: 400, title: "Invalid GitHub token" },
  "invalid-json": { status: 400, title: "Body is not JSON" },
  "invalid-request": { status: 400, title: "Invalid request" },
  "unsupported-media-type": { status: 415, title: "Body must be JSON" },
  "too-large": { status: 413, title: "Body is too large" },
  ...sseProblems,
  "invalid-arguments": { status: 400, title: "Invalid arguments" },
  "invalid-pr-url": { status: 400, title: "Invalid pull request URL" },
  "repository-required": { status: 400, title: "Repository required" },
  "repository-not-allowed": { status: 403, title: "Repository not allowed" },
  "host-not-allowed": { status: 403, title: "GitHub host not allowed" },
  "missing-token": { status: 403, title: "No GitHub token for that host" },
  "github-token-refused": { status: 403, title: "GitHub refused the token" },
  "github-forbidden": { status: 403, title: "GitHub token may not read this" },
  "not-found": { status: 404, title: "Pull request not found" },
  "no-open-pr": { status: 404, title: "No open pull request" },
  "github-rate-limited": { status: 429, title: "GitHub rate limit reached" },
  "github-timeout": { status: 504, title: "GitHub timed out" },
  "github-unavailable": { status: 502, title: "GitHub is unavailable" },
  "bad-github-response": { status: 502, title: "Unusable answer from GitHub" },
  "invalid-cursor": { status: 400, title: "Invalid cursor" },
  "deadline-exceeded": { status: 504, title: "Call took too long" },
  cancelled: { status: 499, title: "Cancelled" },
  "internal-error": { status: 500, title: "Internal error" },
} as const satisfies Record<
  | AuditCode
  | AuthErrorCode
  | LimiterUnavailableError["code"]
  | OverloadError["code"]
  | RateLimitError["code"]
  | RequestErrorCode
  | SseErrorCode
  | StoreCode
  | ToolErrorCode
  | UsageErrorCode,
  { readonly status: number; readonly title: string }
>;

/** A code that has a row. */
export type ProblemCode = keyof typeof problems;

const faults = new Set(
  Object.entries(problems).flatMap(([code, { status }]) => (status >= 500 ? [code] : [])),
);

/** Whether a code is the fault of us or of GitHub, so that a log may hold the error: others quote the caller. */
export function isFault(code: string): boolean {
  return faults.has(code);
}
