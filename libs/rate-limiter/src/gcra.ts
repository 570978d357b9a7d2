import { type GcraRate, type Pace, paceOf, step, verdictOf, withLimit } from "./pace.ts";
import type { Ask, RateLimiter, Verdict } from "./rate-limiter.ts";

const sweepEveryMs = 5 * 60_000;

/**
 * Limits each key to a steady rate with bursts, for this process alone: GCRA, the generic cell rate
 * algorithm. Where the exact log of `MemoryRateLimiter` lets a caller have the whole limit in every
 * window, this one holds him to `rate` in the long run. A verdict's `limit` is `rate + burst`.
 */
export class MemoryGcraLimiter implements RateLimiter {
  /** By key, when its next admission would be due at a steady rate: microseconds since the epoch. */
  readonly #due = new Map<string, number>();
  readonly #pace: Pace;
  readonly #now: () => number;
  #sweptAt: number;

  /**
   * `now` gives milliseconds since the epoch.
   *
   * Throws `InvalidLimitError`.
   */
  constructor(rate: GcraRate, { now = Date.now }: { readonly now?: () => number } = {}) {
    this.#pace = paceOf(rate);
    this.#now = now;
    this.#sweptAt = now();
  }

  async take(key: string, ask?: Ask): Promise<Verdict> {
    return this.check(key, ask);
  }

  /**
   * What `take` does, at once. A limit in `ask` is divided into rate and burst as the limiter's own is.
   *
   * Throws `InvalidLimitError`.
   */
  check(key: string, ask?: Ask): Verdict {
    const pace = ask?.limit === undefined ? this.#pace : withLimit(this.#pace, ask.limit);
    const now = this.#now();
    if (Math.abs(now - this.#sweptAt) >= sweepEveryMs) this.sweep();
    const at = Math.floor(now * 1_000);
    const due = this.#due.get(key) ?? at;
    const decision = step(pace, due, at);
    if (decision.due !== due) this.#due.set(key, decision.due);
    return verdictOf(pace, decision);
  }

  /** How many keys are being remembered. */
  get size(): number {
    return this.#due.size;
  }

  /** Forgets keys that are owed a whole burst. Done on the way, every five minutes. */
  sweep(): void {
    this.#sweptAt = this.#now();
    const at = this.#sweptAt * 1_000;
    for (const [key, due] of this.#due) if (due <= at) this.#due.delete(key);
  }
}
