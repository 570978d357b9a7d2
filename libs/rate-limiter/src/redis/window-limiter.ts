import type { Cluster, Redis } from "ioredis";

import { validLimit, validWindow } from "../limit-range.ts";
import type { Ask, RateLimit, RateLimiter, Verdict } from "../rate-limiter.ts";
import { admitted, denied } from "../verdicts.ts";
import { WindowTicks } from "../window-ticks.ts";
import { type Algorithm, Asker, type RedisLimiterOptions } from "./asker.ts";
import { Script } from "./script.ts";
import { takeScript } from "./take.lua.ts";
import { turnScript } from "./turn.lua.ts";

/**
 * Limits each key by an exact sliding-window log in Redis, shared by all instances. It decides as
 * `MemoryRateLimiter` does, by the clock of Redis. A key without admissions costs no call until one
 * is free again; a denial that cost none carries no companion. Never closes `redis`.
 */
export class RedisRateLimiter implements RateLimiter {
  readonly #limit: number;
  readonly #asker: Asker;

  /** Throws `InvalidLimitError` for a limit or a window out of range. */
  constructor(
    redis: Redis | Cluster,
    { limit, windowMs = 60_000 }: RateLimit,
    options: RedisLimiterOptions = {},
  ) {
    this.#limit = validLimit(limit);
    this.#asker = new Asker(redis, windowAlgorithm(validWindow(windowMs)), options);
  }

  /** Throws what `redis` throws, and `InvalidLimitError` for an `ask.limit` out of range. */
  async take(key: string, ask: Ask = {}): Promise<Verdict> {
    return this.#asker.take(key, validLimit(ask.limit ?? this.#limit), ask);
  }

  /** The denial that is known without asking Redis, if there is one. */
  recall(key: string, { limit = this.#limit }: Ask = {}): Verdict | undefined {
    return this.#asker.recall(key, limit);
  }
}

function windowAlgorithm(windowMs: number): Algorithm {
  return {
    script: new Script(turnScript(takeScript(new WindowTicks(windowMs)))),
    name: `rl1:${windowMs}`,
    argsFor: (limit) => [limit, 0, 0],
    read(limit, [remaining = 0, resetAt = 0, now = 0]) {
      const isDenied = remaining < 0;
      const verdict = isDenied ? denied(limit, resetAt, now) : admitted(limit, remaining, resetAt);
      return { verdict, now };
    },
  };
}
