import type { Verdict } from "./rate-limiter.ts";

/** A request was over its limit; `verdict` says when to come back. */
export class RateLimitError extends Error {
  override readonly name = "RateLimitError";
  readonly code = "rate-limited";
  readonly verdict: Verdict;

  constructor(verdict: Verdict) {
    super(`Rate limit exceeded. Try again in ${verdict.retryAfter} seconds.`);
    this.verdict = verdict;
  }
}

/** A limiter was given a limit, a window or a burst that it cannot hold; the message says what it can. */
export class InvalidLimitError extends RangeError {
  override readonly name = "InvalidLimitError";
  readonly code = "invalid-limit";
}
