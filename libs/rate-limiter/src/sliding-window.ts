import type { Verdict } from "./rate-limiter.ts";

/** The admissions of one key, as a ring of timestamps: exact for any window, and O(1). */
export class SlidingWindow {
  readonly #stamps: Float64Array;
  readonly #windowMs: number;
  #oldest = 0;
  #length = 0;

  constructor(limit: number, windowMs: number) {
    this.#stamps = new Float64Array(limit);
    this.#windowMs = windowMs;
  }

  /** Admits at `now` (ms) unless `limit` admissions lie in the window that ends there. */
  take(now: number): Verdict {
    this.#forget(now);
    const limit = this.#stamps.length;
    if (this.#length === limit) {
      const freeAt = this.#resetAt(now);
      const retryAfter = Math.max(1, Math.ceil((freeAt - now) / 1_000));
      return { allowed: false, limit, remaining: 0, resetAt: freeAt, retryAfter };
    }
    this.#stamps[(this.#oldest + this.#length) % limit] = now;
    this.#length += 1;
    const remaining = limit - this.#length;
    return { allowed: true, limit, remaining, resetAt: this.#resetAt(now), retryAfter: 0 };
  }

  /** Whether nothing is left to remember at `now`. */
  isIdle(now: number): boolean {
    this.#forget(now);
    return this.#length === 0;
  }

  /** A stamp counts until it is older than the window, so a window with both ends closed holds. */
  #forget(now: number): void {
    while (this.#length > 0 && now - this.#first() > this.#windowMs) {
      this.#oldest = (this.#oldest + 1) % this.#stamps.length;
      this.#length -= 1;
    }
  }

  #resetAt(now: number): number {
    return this.#length === 0 ? now : this.#first() + this.#windowMs + 1;
  }

  #first(): number {
    return this.#stamps[this.#oldest] ?? 0;
  }
}
