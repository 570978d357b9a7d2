import type { ServerResponse } from "node:http";

import type { Verdict } from "./rate-limiter.ts";

/** What the headers tell beyond a verdict. */
export interface RateHeaderOptions {
  readonly windowSeconds: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Puts a verdict on an answer, in every way that clients know:
 * `X-RateLimit-*`, the reset in epoch seconds; `RateLimit-Policy` and `RateLimit`, the reset in
 * seconds from now (draft-ietf-httpapi-ratelimit-headers-10), with the policy `degraded` for a
 * verdict of one instance alone; and `Retry-After` on a denial (RFC 9110, 10.2.3).
 */
export function setRateHeaders(
  res: ServerResponse,
  { allowed, limit, remaining, resetAt, retryAfter, isDegraded }: Verdict,
  { windowSeconds, now }: RateHeaderOptions,
): void {
  const policy = isDegraded ? '"degraded"' : '"default"';
  const wait = allowed ? Math.max(0, Math.ceil((resetAt - now) / 1_000)) : retryAfter;
  res.setHeader("X-RateLimit-Limit", limit);
  res.setHeader("X-RateLimit-Remaining", remaining);
  res.setHeader("X-RateLimit-Reset", Math.ceil(resetAt / 1_000));
  res.setHeader("RateLimit-Policy", `${policy};q=${limit};w=${windowSeconds}`);
  res.setHeader("RateLimit", `${policy};r=${remaining};t=${wait}`);
  if (!allowed) res.setHeader("Retry-After", retryAfter);
}
