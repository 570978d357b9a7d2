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
  /**
   * What the companion field held at the moment of the decision, `null` when there is no such field.
   * Absent when nobody asked for it, or when the decision was made without the shared store.
   */
  readonly companion?: string | null;
  /** Whether this instance decided alone, because the shared store was out of reach. */
  readonly isDegraded?: true;
}

/** What one request for admission may ask beside its key. */
export interface Ask {
  /** Admissions per window of this key, in place of the limiter's own limit. */
  readonly limit?: number;
  /** A field to read in the same round trip, where the backend is a store that can. */
  readonly companion?: Companion;
}

/** A field of a hash that lies beside the limiter's data; its meaning is the caller's. */
export interface Companion {
  /** In a cluster it must hash to the slot of the limited key: give both the same `{tag}`. */
  readonly key: string;
  readonly field: string;
}

/** Admits at most so many requests of one key in any window. Every backend passes `test/contract.ts`. */
export interface RateLimiter {
  /** Asks for one admission; a denied request does not count against the key. */
  take(key: string, ask?: Ask): Promise<Verdict>;
}

/** How many requests in how long. */
export interface RateLimit {
  /** Admissions per window, 1 or more. */
  readonly limit: number;
  /** Milliseconds; 60,000 unless told otherwise. */
  readonly windowMs?: number;
}
