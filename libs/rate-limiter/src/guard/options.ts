import type { Ask, RateLimiter, Verdict } from "../rate-limiter.ts";
import type { BreakerChange } from "./breaker.ts";

/** A limiter that asks a store elsewhere, and may know some answers without asking. */
export interface RemoteRateLimiter extends RateLimiter {
  /** The answer that is known already; it says nothing about the state of the store. */
  recall?(key: string, ask?: Ask): Verdict | undefined;
}

/**
 * What to do without the store. `local`: each instance admits its part of the limit; `closed`: nobody
 * is admitted; `open`: everybody is.
 */
export type FailPolicy = "local" | "closed" | "open";

/** Who decided a request: the store, or the policy and why. */
export interface GuardDecision {
  readonly policy: "remote" | FailPolicy;
  /** The store was silent until the deadline, it failed, or the breaker kept the request from it. */
  readonly cause?: "deadline" | "failure" | "breaker";
  /** Absent when the policy is `closed`. */
  readonly verdict?: Verdict;
}

/** How a guard works; times in ms. */
export interface GuardOptions {
  /** `local` unless told otherwise. */
  readonly policy?: FailPolicy;
  /** How many instances share the limit; 1 unless told otherwise. */
  readonly instances?: () => number;
  /** The longest that a request waits for the store; 100 unless told otherwise. */
  readonly deadlineMs?: number;
  /** Failures in a row after which the store is left alone; 3 unless told otherwise. */
  readonly failures?: number;
  /** The least time between two requests that find out whether it is back; 500 unless told otherwise. */
  readonly probeEveryMs?: number;
  /** How many keys' last verdicts are kept for an outage; 10,000 unless told otherwise. */
  readonly remembered?: number;
  /** Ms since the epoch. */
  readonly now?: () => number;
  /** A clock that is never set back. */
  readonly elapsed?: () => number;
  /** Told of every decision, for metrics; must not throw. */
  readonly onDecision?: (decision: GuardDecision) => void;
  /** Told when the store is left alone, tried and back, for logs; must not throw. */
  readonly onChange?: (change: BreakerChange) => void;
}
