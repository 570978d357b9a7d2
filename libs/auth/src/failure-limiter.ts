import { LRUCache } from "lru-cache";

import { networkOf } from "./network.ts";

/** How many failures in how long, and for how many addresses at once. */
export interface FailureLimiterOptions {
  /** Failures in any window before an address is blocked; 20 unless told otherwise. */
  readonly limit?: number;
  /** Milliseconds; 60,000 unless told otherwise. */
  readonly windowMs?: number;
  /** How many addresses are kept count of, which bounds the memory; 10,000 unless told otherwise. */
  readonly addresses?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * Counts failed credentials by address, exactly: never more than `limit` in any window. An IPv6 address
 * counts as its /64. When there are too many addresses, the one seen longest ago is forgotten.
 */
export class FailureLimiter {
  readonly #failures: LRUCache<string, readonly number[]>;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;

  constructor({
    limit = 20,
    windowMs = 60_000,
    addresses = 10_000,
    now = Date.now,
  }: FailureLimiterOptions = {}) {
    this.#failures = new LRUCache({ max: addresses });
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
  }

  /** How often the address may still fail before it is blocked. */
  left(address: string): number {
    return Math.max(0, this.#limit - this.#recent(address).length);
  }

  /** Whole seconds until a blocked address may try again; 0 when it is not blocked. */
  retryAfter(address: string): number {
    const decisive = this.#recent(address).at(-this.#limit);
    if (this.left(address) > 0 || decisive === undefined) return 0;
    return Math.max(1, Math.ceil((decisive + this.#windowMs - this.#now()) / 1000));
  }

  /** Notes that the address showed a wrong credential. */
  failed(address: string): void {
    const times = [...this.#recent(address), this.#now()].slice(-this.#limit);
    this.#failures.set(networkOf(address), times);
  }

  #recent(address: string): readonly number[] {
    const now = this.#now();
    const times = this.#failures.get(networkOf(address)) ?? [];
    // Times from the future are dropped too: a clock that was put back must not block for hours.
    return times.filter((time) => Math.abs(now - time) < this.#windowMs);
  }
}
