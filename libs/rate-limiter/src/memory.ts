import { validLimit, validWindow } from "./limit-range.ts";
import type { Ask, RateLimit, RateLimiter, Verdict } from "./rate-limiter.ts";
import { RingPool } from "./ring-pool.ts";
import { admitted, denied } from "./verdicts.ts";
import { WindowTicks } from "./window-ticks.ts";

const sweepEveryMs = 5 * 60_000;
const firstCapacity = 8;

/**
 * Limits each key by an exact log of its admissions, for this process alone.
 *
 * The log knows nothing of limits: it keeps every admission that still counts, so a limit may change
 * from one request to the next and the window never holds more than the limit of the moment. When the
 * clock is set back, the admissions of a key keep their age: none leaves early, and nobody waits for
 * the old time to come again.
 */
export class MemoryRateLimiter implements RateLimiter {
  readonly #slots = new Map<string, number>();
  readonly #rings = new RingPool();
  readonly #ticks: WindowTicks;
  readonly #limit: number;
  readonly #now: () => number;
  #sweptAt: number;

  /**
   * `limit` is a whole number up to 65,535 and `windowMs` of milliseconds; one over 60,000 is measured
   * in steps of a 60,000th. `now` gives milliseconds since the epoch.
   *
   * Throws `InvalidLimitError`.
   */
  constructor(
    { limit, windowMs = 60_000 }: RateLimit,
    { now = Date.now }: { readonly now?: () => number } = {},
  ) {
    this.#limit = validLimit(limit);
    this.#ticks = new WindowTicks(validWindow(windowMs));
    this.#now = now;
    this.#sweptAt = now();
  }

  async take(key: string, ask?: Ask): Promise<Verdict> {
    return this.check(key, ask);
  }

  /** What `take` does, at once. Throws `InvalidLimitError` for a limit that no limiter can hold. */
  check(key: string, ask?: Ask): Verdict {
    const limit = ask?.limit === undefined ? this.#limit : validLimit(ask.limit);
    const now = this.#now();
    if (Math.abs(now - this.#sweptAt) >= sweepEveryMs) this.sweep();
    const slot = this.#slots.get(key) ?? this.#open(key);
    const block = this.#rings.blockOf(slot);
    const ring = block.start(slot & 0xff);
    const tick = this.#ticks.at(now);
    let newest = block.newest(ring);
    if (tick < newest) newest = block.shift(ring, tick);
    const live = block.trim(ring, newest, newest - this.#ticks.oldestLive(tick));
    if (live >= limit) {
      const freed = newest - block.age(ring, newest, live - limit);
      return denied(limit, this.#ticks.endOf(freed), now);
    }
    const oldest = live === 0 ? tick : newest - block.age(ring, newest, 0);
    if (live < block.capacity) block.push(ring, tick);
    else this.#grow(key, slot, Math.min(limit, nextPower(live)), tick);
    return admitted(limit, limit - live - 1, this.#ticks.endOf(oldest));
  }

  /** How many keys are being remembered. */
  get size(): number {
    return this.#slots.size;
  }

  /** The bytes of the arrays that hold the admissions. */
  get bytes(): number {
    return this.#rings.bytes;
  }

  /** Forgets idle keys. Done on the way, every five minutes, so that no timer keeps a process alive. */
  sweep(): void {
    const now = this.#now();
    this.#sweptAt = now;
    const oldestLive = this.#ticks.oldestLive(this.#ticks.at(now));
    for (const [key, slot] of this.#slots) {
      const block = this.#rings.blockOf(slot);
      if (block.newest(block.start(slot & 0xff)) >= oldestLive) continue;
      this.#rings.release(slot);
      this.#slots.delete(key);
    }
  }

  #open(key: string): number {
    const slot = this.#rings.claim(firstCapacity);
    this.#slots.set(key, slot);
    return slot;
  }

  #grow(key: string, slot: number, capacity: number, tick: number): void {
    const moved = this.#rings.move(slot, capacity);
    const block = this.#rings.blockOf(moved);
    block.push(block.start(moved & 0xff), tick);
    this.#slots.set(key, moved);
  }
}

/** The next power of two: a ring grows by doubling, though never beyond the limit. */
function nextPower(length: number): number {
  return 2 ** (32 - Math.clz32(length));
}
