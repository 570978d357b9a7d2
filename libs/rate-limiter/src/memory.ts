import type { RateLimit, RateLimiter, Verdict } from "./rate-limiter.ts";
import { SlidingWindow } from "./sliding-window.ts";

const sweepEveryMs = 5 * 60_000;

/** Limits each key by an exact sliding-window log, for this process alone. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #windows = new Map<string, SlidingWindow>();
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #now: () => number;
  #sweepAt: number;

  /** `now` gives milliseconds since the epoch. */
  constructor(
    { limit, windowMs = 60_000 }: RateLimit,
    { now = Date.now }: { readonly now?: () => number } = {},
  ) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#now = now;
    this.#sweepAt = now() + sweepEveryMs;
  }

  async take(key: string): Promise<Verdict> {
    const now = this.#now();
    if (now >= this.#sweepAt) this.#sweep(now);
    let window = this.#windows.get(key);
    if (window === undefined) {
      window = new SlidingWindow(this.#limit, this.#windowMs);
      this.#windows.set(key, window);
    }
    return window.take(now);
  }

  /** How many keys are being remembered. */
  get size(): number {
    return this.#windows.size;
  }

  /** Done on the way, every five minutes, so that no timer keeps a process alive. */
  #sweep(now: number): void {
    this.#sweepAt = now + sweepEveryMs;
    for (const [key, window] of this.#windows) {
      if (window.isIdle(now)) this.#windows.delete(key);
    }
  }
}
