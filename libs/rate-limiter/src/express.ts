import type { Request, RequestHandler, Response } from "express";

import { RateLimitError } from "./errors.ts";
import type { RateLimiter, Verdict } from "./rate-limiter.ts";

/** What `limitRate` needs: a limiter, and whose budget a request is charged to. */
export interface LimitRateOptions {
  readonly limiter: RateLimiter;
  readonly keyOf: (req: Request, res: Response) => string;
}

/**
 * Charges each request to its key and puts the rate headers on the answer, whatever it becomes.
 * Over the limit it passes a `RateLimitError` on and the request goes no further.
 */
export function limitRate({ limiter, keyOf }: LimitRateOptions): RequestHandler {
  return async (req, res, next) => {
    const verdict = await limiter.take(keyOf(req, res));
    setRateHeaders(res, verdict);
    next(verdict.allowed ? undefined : new RateLimitError(verdict));
  };
}

/** `X-RateLimit-*` with the reset in epoch seconds, and `Retry-After` (RFC 9110, 10.2.3) on a denial. */
function setRateHeaders(res: Response, verdict: Verdict): void {
  res.setHeader("X-RateLimit-Limit", verdict.limit);
  res.setHeader("X-RateLimit-Remaining", verdict.remaining);
  res.setHeader("X-RateLimit-Reset", Math.ceil(verdict.resetAt / 1_000));
  if (!verdict.allowed) res.setHeader("Retry-After", verdict.retryAfter);
}
