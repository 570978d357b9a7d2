/** GitHub's two primary buckets. */
export type Bucket = "core" | "graphql";

/** The state of one bucket, as the `x-ratelimit-*` headers tell it. */
export interface Quota {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

const WINDOW = 3_600;

/** Primary rate limits: points per hour, counted per token and bucket from its first request. */
export class Quotas {
  readonly #now: () => number;
  readonly #spent = new Map<string, { used: number; reset: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The state now, without spending. */
  state(key: string, bucket: Bucket, limit: number): Quota {
    const { used, reset } = this.#window(key, bucket);
    const counted = Math.min(used, limit);
    return { limit, used: counted, remaining: limit - counted, reset };
  }

  /** Spends points. False, and nothing is spent, when none were left. */
  spend(key: string, bucket: Bucket, limit: number, points: number): boolean {
    if (this.state(key, bucket, limit).remaining === 0) return false;
    this.#window(key, bucket).used += points;
    return true;
  }

  /** Forgets everything spent. */
  reset(): void {
    this.#spent.clear();
  }

  #window(key: string, bucket: Bucket): { used: number; reset: number } {
    const name = `${bucket}/${key}`;
    const seconds = Math.floor(this.#now() / 1000);
    const known = this.#spent.get(name);
    if (known !== undefined && known.reset > seconds) return known;
    const fresh = { used: 0, reset: seconds + WINDOW };
    this.#spent.set(name, fresh);
    return fresh;
  }
}
