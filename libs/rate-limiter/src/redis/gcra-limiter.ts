import type { Cluster, Redis } from "ioredis";

import { type GcraRate, type Pace, paceOf, verdictOf, withLimit } from "../pace.ts";
import type { Ask, RateLimiter, Verdict } from "../rate-limiter.ts";
import { type Algorithm, Asker, type RedisLimiterOptions } from "./asker.ts";
import { paceScript } from "./pace.lua.ts";
import { Script } from "./script.ts";
import { turnScript } from "./turn.lua.ts";

const script = new Script(turnScript(paceScript));

/**
 * Limits each key to a steady rate with bursts, in Redis and shared by all instances, as
 * `MemoryGcraLimiter` does for one. A key without admissions costs no call until one is free again;
 * a denial that cost none carries no companion. Never closes `redis`.
 */
export class RedisGcraLimiter implements RateLimiter {
  readonly #pace: Pace;
  readonly #asker: Asker;

  /** Throws `InvalidLimitError` for a rate, a burst or a window out of range. */
  constructor(redis: Redis | Cluster, rate: GcraRate, options: RedisLimiterOptions = {}) {
    this.#pace = paceOf(rate);
    this.#asker = new Asker(redis, paceAlgorithm(this.#pace), options);
  }

  /**
   * A limit in `ask` is divided into rate and burst as the limiter's own is. Throws what `redis`
   * throws, and `InvalidLimitError` for a limit out of range.
   */
  async take(key: string, ask: Ask = {}): Promise<Verdict> {
    const { limit } = withLimit(this.#pace, ask.limit ?? this.#pace.limit);
    return this.#asker.take(key, limit, ask);
  }

  /** The denial that is known without asking Redis, if there is one. */
  recall(key: string, { limit = this.#pace.limit }: Ask = {}): Verdict | undefined {
    return this.#asker.recall(key, limit);
  }
}

function paceAlgorithm(pace: Pace): Algorithm {
  return {
    script,
    name: `gcra1:${pace.windowMs}`,
    argsFor(limit) {
      const { interval, burst } = withLimit(pace, limit);
      return [limit, interval, burst];
    },
    read(limit, [isAdmitted, due = 0, at = 0]) {
      const verdict = verdictOf(withLimit(pace, limit), { allowed: isAdmitted === 1, due, at });
      return { verdict, now: at / 1_000 };
    },
  };
}
