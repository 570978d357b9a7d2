import type { ServerResponse } from "node:http";

import { AuthError } from "@pr-review/auth";
import { ToolError } from "@pr-review/mcp-tools";
import { TokenStoreError } from "@pr-review/token-store";
import type { Logger } from "pino";

import { answerJson } from "./answer-json.ts";
import { type KnownError, toKnownError } from "./known-error.ts";
import { requestIdOf } from "./log/request-id.ts";
import type { Metrics } from "./metrics.ts";
import type { Handler } from "./pipeline/handler.ts";
import { problems } from "./problems.ts";
import { RequestError } from "./request-error.ts";

/** Seconds; a Redis that fails over is back sooner than this. */
const storeRetryAfter = 5;

/** Ends a request with the answer for what went wrong. */
export type AnswerError = (error: unknown, res: ServerResponse) => void;

/** Turns every error into an RFC 9457 answer with `code` and `request_id`; the only place that does. */
export function answerProblems({
  log,
  metrics,
}: {
  readonly log: Logger;
  readonly metrics: Metrics;
}): AnswerError {
  return (error, res) => {
    if (error instanceof AuthError) metrics.authFailures.inc({ code: error.code });
    if (res.headersSent) {
      // Whoever reads must not take what there is for the whole answer.
      res.destroy();
      return;
    }
    const known = toKnownError(error);
    const { status } = problems[known.code];
    metrics.problems.inc({ code: known.code });
    if (status >= 500) {
      log.error({ request_id: requestIdOf(res), code: known.code, err: error }, "request failed");
    }
    setHeaders(res, known);
    res.statusCode = status;
    answerJson(res, describe(known, requestIdOf(res)), { type: "application/problem+json" });
  };
}

/**
 * Answers `/register`, where clients go whose key was refused: they show its answer, and not that of the
 * request that was refused.
 */
export const noSignIn: Handler = () => {
  throw new RequestError(
    "no-sign-in",
    "This server has no sign-in: it takes an API key, and was sent none that is valid. Ask your administrator for a new one.",
  );
};

/** Answers any path that no route took. */
export const noSuchRoute: Handler = () => {
  throw new RequestError("no-such-route", "There is nothing here. GET / lists the endpoints.");
};

function describe(known: KnownError, request_id: string): object {
  const { status, title } = problems[known.code];
  const { code, message: detail } = known;
  const errors =
    known instanceof RequestError && known.fields.length > 0 ? known.fields : undefined;
  const missing = known instanceof ToolError ? known.missing : undefined;
  const key_id = known instanceof TokenStoreError ? known.keyId : undefined;
  // RFC 7591, section 3.2.2: without these two, clients say that the answer is malformed.
  const registration = code === "no-sign-in" && {
    error: "invalid_request",
    error_description: detail,
  };
  return {
    ...registration,
    type: "about:blank",
    title,
    status,
    detail,
    code,
    request_id,
    errors,
    missing,
    key_id,
  };
}

function setHeaders(res: ServerResponse, known: KnownError): void {
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
function retryAfterOf(known: KnownError): number | undefined {
  if (known instanceof TokenStoreError) {
    return known.code === "store-unavailable" ? storeRetryAfter : undefined;
  }
  return "retryAfter" in known ? known.retryAfter : undefined;
}
