import { AuthError, type AuthErrorCode } from "@pr-review/auth";
import { ToolError, type ToolErrorCode, toToolError } from "@pr-review/mcp-tools";
import { LimiterUnavailableError, RateLimitError } from "@pr-review/rate-limiter";
import { TokenStoreError, type TokenStoreErrorCode } from "@pr-review/token-store";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Logger } from "pino";

import type { Metrics } from "./metrics.ts";
import { RequestError, type RequestErrorCode } from "./request-error.ts";
import { OverloadError } from "./serve/overload-error.ts";
import { SseError, type SseErrorCode, sseProblems } from "./sse/error.ts";

/** What a store can refuse while it serves; its other codes stop the server at the start. */
type StoreCode = Extract<
  TokenStoreErrorCode,
  "invalid-token" | "key-taken" | "not-importable" | "store-unavailable" | "unreadable-record"
>;

/** Every way a request can be refused: the one table from code to status and title. */
export const problems = {
  "missing-credentials": { status: 401, title: "No API key" },
  "invalid-key": { status: 401, title: "Invalid API key" },
  "insufficient-scope": { status: 403, title: "API key lacks a scope" },
  "too-many-failures": { status: 429, title: "Too many wrong credentials" },
  "invalid-admin-token": { status: 403, title: "Invalid admin token" },
  "admin-scope-missing": { status: 403, title: "Admin token lacks a scope" },
  "admin-disabled": { status: 503, title: "Admin API is off" },
  "rate-limited": { status: 429, title: "Too many requests" },
  overloaded: { status: 503, title: "Server is overloaded" },
  "limiter-unavailable": { status: 503, title: "Rate limiter is unavailable" },
  "store-unavailable": { status: 503, title: "Key store is unavailable" },
  "unreadable-record": { status: 503, title: "Key record does not open" },
  "no-such-route": { status: 404, title: "No such route" },
  "no-such-key": { status: 404, title: "No such API key" },
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
  | AuthErrorCode
  | LimiterUnavailableError["code"]
  | OverloadError["code"]
  | RateLimitError["code"]
  | RequestErrorCode
  | SseErrorCode
  | StoreCode
  | ToolErrorCode,
  { readonly status: number; readonly title: string }
>;

/** Seconds; a Redis that fails over is back sooner than this. */
const storeRetryAfter = 5;

type StoreProblem = TokenStoreError & { readonly code: StoreCode };
type Known =
  | AuthError
  | LimiterUnavailableError
  | OverloadError
  | RateLimitError
  | RequestError
  | SseError
  | StoreProblem
  | ToolError;

/** Turns every error into an RFC 9457 answer with `code` and `request_id`; the only place that does. */
export function answerProblems({
  log,
  metrics,
}: {
  readonly log: Logger;
  readonly metrics: Metrics;
}): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = toKnown(error);
    const { status } = problems[known.code];
    metrics.problems.inc({ code: known.code });
    if (status >= 500) {
      log.error({ request_id: requestIdOf(res), code: known.code, err: error }, "request failed");
    }
    setHeaders(res, known);
    res.status(status).type("application/problem+json");
    res.send(JSON.stringify(describe(known, requestIdOf(res))));
  };
}

/** Answers any path that no route took. */
export const noSuchRoute: RequestHandler = () => {
  throw new RequestError("no-such-route", "There is nothing here. GET / lists the endpoints.");
};

/** Whether a code is the fault of us or of GitHub, so that a log may hold the error: others quote the caller. */
export function isFault(code: string): boolean {
  return Object.entries(problems).some(([name, { status }]) => name === code && status >= 500);
}

/** The id that names a request in answers and logs alike. */
export function requestIdOf(res: Response): string {
  return String(res.getHeader("X-Request-Id"));
}

function describe(known: Known, request_id: string): object {
  const { status, title } = problems[known.code];
  const { code, message: detail } = known;
  const fields =
    known instanceof RequestError && known.fields.length > 0 ? known.fields : undefined;
  const missing = known instanceof ToolError ? known.missing : undefined;
  return { type: "about:blank", title, status, detail, code, request_id, errors: fields, missing };
}

function setHeaders(res: Response, known: Known): void {
  if (known instanceof AuthError && problems[known.code].status === 401) {
    // RFC 6750, section 3.1: without credentials the challenge carries no error code.
    const error = known.code === "invalid-key" ? ', error="invalid_token"' : "";
    res.setHeader("WWW-Authenticate", `Bearer realm="pr-review-mcp"${error}`);
  }
  if (known.code === "insufficient-scope") {
    const scope = known.scope ?? "";
    const challenge = `error="insufficient_scope", scope="${scope}"`;
    res.setHeader("WWW-Authenticate", `Bearer realm="pr-review-mcp", ${challenge}`);
  }
  const retryAfter = retryAfterOf(known);
  if (retryAfter !== undefined) res.setHeader("Retry-After", retryAfter);
}

/** Seconds until trying again makes sense, where anybody knows. */
function retryAfterOf(known: Known): number | undefined {
  if (known instanceof TokenStoreError) {
    return known.code === "store-unavailable" ? storeRetryAfter : undefined;
  }
  return "retryAfter" in known ? known.retryAfter : undefined;
}

function toKnown(error: unknown): Known {
  if (error instanceof AuthError || error instanceof RequestError) return error;
  if (error instanceof SseError || error instanceof OverloadError) return error;
  if (error instanceof RateLimitError || error instanceof LimiterUnavailableError) return error;
  if (error instanceof TokenStoreError && isStoreProblem(error)) return error;
  return RequestError.fromBodyParser(error) ?? toToolError(error);
}

function isStoreProblem(error: TokenStoreError): error is StoreProblem {
  return error.code in problems;
}
