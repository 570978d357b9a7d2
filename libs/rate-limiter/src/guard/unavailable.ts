/** The shared store is out of reach and the policy is to admit nobody; `retryAfter` is in seconds. */
export class LimiterUnavailableError extends Error {
  override readonly name = "LimiterUnavailableError";
  readonly code = "limiter-unavailable";
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(`The rate limit cannot be checked right now. Try again in ${retryAfter} seconds.`);
    this.retryAfter = retryAfter;
  }
}
