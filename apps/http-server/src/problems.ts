import { AuthError, type AuthErrorCode } from "@pr-review/auth";
import { ToolError, type ToolErrorCode, toToolError } from "@pr-review/mcp-tools";
import { RateLimitError } from "@pr-review/rate-limiter";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Logger } from "pino";

import { RequestError, type RequestErrorCode } from "./request-error.ts";

/** Every way a request can be refused: the one table from code to status and title. */
export const problems = {
  "missing-credentials": { status: 401, title: "No API key" },
  "invalid-key": { status: 401, title: "Invalid API key" },
  "invalid-admin-token": { status: 403, title: "Invalid admin token" },
  "admin-disabled": { status: 503, title: "Admin API is off" },
  "rate-limited": { status: 429, title: "Too many requests" },
  "no-such-route": { status: 404, title: "No such route" },
  "no-such-key": { status: 404, title: "No such API key" },
  "invalid-json": { status: 400, title: "Body is not JSON" },
  "invalid-request": { status: 400, title: "Invalid request" },
  "unsupported-media-type": { status: 415, title: "Body must be JSON" },
  "too-large": { status: 413, title: "Body is too large" },
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
  AuthErrorCode | ToolErrorCode | RequestErrorCode | RateLimitError["code"],
  { readonly status: number; readonly title: string }
>;

type Known = AuthError | RateLimitError | RequestError | ToolError;

/** Turns every error into an RFC 9457 answer with `code` and `request_id`; the only place that does. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const known = toKnown(error);
    const { status } = problems[known.code];
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
  if (known instanceof ToolError && known.retryAfter !== undefined) {
    res.setHeader("Retry-After", known.retryAfter);
  }
}

function toKnown(error: unknown): Known {
  if (error instanceof AuthError || error instanceof RateLimitError) return error;
  if (error instanceof RequestError) return error;
  return RequestError.fromBodyParser(error) ?? toToolError(error);
}
