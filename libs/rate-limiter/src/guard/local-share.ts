import { LRUCache } from "lru-cache";

import { MemoryRateLimiter } from "../memory.ts";
import type { RateLimit, Verdict } from "../rate-limiter.ts";

/** What the store last said of a key, and when by our clock. */
interface Sighting {
  readonly remaining: number;
  readonly at: number;
}

/** What a local share is made of. */
export interface LocalShareOptions {
  /** How many instances share a limit. */
  readonly instances: () => number;
  /** How many keys' last sightings are kept. */
  readonly remembered: number;
  /** Ms since the epoch. */
  readonly now: () => number;
}

/**
 * Decides for one instance while the store is out of reach: it admits its part of each limit, and no
 * more than the store had left when it was last heard.
 */
export class LocalShare {
  readonly #limit: number;
  readonly #instances: () => number;
  readonly #now: () => number;
  readonly #sightings: LRUCache<string, Sighting>;
  readonly #memory: MemoryRateLimiter;
  /** The moment that `#memory` is told: a sighting is charged to the time it was made. */
  #at: number;

  constructor(limit: RateLimit, { instances, remembered, now }: LocalShareOptions) {
    this.#limit = limit.limit;
    this.#instances = instances;
    this.#now = now;
    this.#at = now();
    this.#sightings = new LRUCache({ max: remembered });
    this.#memory = new MemoryRateLimiter(limit, { now: () => this.#at });
  }

  /** Notes how many admissions the store has left for a key. */
  see(key: string, { remaining }: Verdict): void {
    this.#sightings.set(key, { remaining, at: this.#now() });
  }

  /** The verdict of this instance alone; `limit` is that of all of them together. */
  take(key: string, limit = this.#limit): Verdict {
    const share = Math.max(1, Math.floor(limit / Math.max(1, this.#instances())));
    this.#charge(key, share);
    this.#at = this.#now();
    return { ...this.#memory.check(key, { limit: share }), isDegraded: true };
  }

  /** Once for each sighting, uses up what exceeds it. */
  #charge(key: string, share: number): void {
    const seen = this.#sightings.get(key);
    if (seen === undefined) return;
    this.#sightings.delete(key);
    this.#at = seen.at;
    for (let left = share; left > seen.remaining; left -= 1) {
      this.#memory.check(key, { limit: share });
    }
  }
}
