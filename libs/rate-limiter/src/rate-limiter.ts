/** The answer to one request for admission; a denial is data, not an exception. */
export interface Verdict {
  readonly allowed: boolean;
  /** Admissions per window. */
  readonly limit: number;
  /** How many more would be admitted at this very moment. */
  readonly remaining: number;
  /** When `remaining` next rises, in milliseconds since the epoch. */
  readonly resetAt: number;
  /** Seconds to wait before asking again, rounded up; 0 when admitted. */
  readonly retryAfter: number;
}

/** Admits at most so many requests of one key in any window. Every backend passes `test/contract.ts`. */
export interface RateLimiter {
  /** Asks for one admission; a denied request does not count against the key. */
  take(key: string): Promise<Verdict>;
}

/** How many requests in how long. */
export interface RateLimit {
  /** Admissions per window, 1 or more. */
  readonly limit: number;
  /** Milliseconds; 60,000 unless told otherwise. */
  readonly windowMs?: number;
}
