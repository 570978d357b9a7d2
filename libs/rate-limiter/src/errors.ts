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
