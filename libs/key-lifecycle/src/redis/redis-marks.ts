import { redisReason } from "@pr-review/durable/redis";
import type { Cluster, Redis } from "ioredis";

import { LifecycleError } from "../errors.ts";
import { claimMs, type Mark, type Marks } from "../marks.ts";

/** Where in Redis the marks lie. */
export interface RedisMarksOptions {
  /** What their keys begin with; `mcp:` unless told. */
  readonly prefix?: string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
}

/** Commands that are under way at once. */
const batchSize = 200;

/** Marks of all instances, a key each, which Redis forgets by itself. */
export class RedisMarks implements Marks {
  readonly #redis: Redis | Cluster;
  readonly #prefix: string;
  readonly #now: () => number;

  constructor(redis: Redis | Cluster, { prefix = "mcp:", now = Date.now }: RedisMarksOptions = {}) {
    this.#redis = redis;
    this.#prefix = `${prefix}lifecycle:mark:`;
    this.#now = now;
  }

  async claim(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const claimed = new Set<string>();
    await inBatches(ids, async (id) => {
      const answer = await this.#redis.set(this.#key(id), "claimed", "PX", claimMs, "NX");
      if (answer === "OK") claimed.add(id);
    });
    return claimed;
  }

  async keep(marks: readonly Mark[]): Promise<void> {
    await inBatches(marks, async ({ id, until }) => {
      await this.#redis.set(this.#key(id), "kept", "PX", Math.max(claimMs, until - this.#now()));
    });
  }

  async release(ids: readonly string[]): Promise<void> {
    await inBatches(ids, async (id) => this.#redis.del(this.#key(id)));
  }

  #key(id: string): string {
    return `${this.#prefix}${id}`;
  }
}

async function inBatches<T>(all: readonly T[], work: (each: T) => Promise<unknown>): Promise<void> {
  try {
    for (let at = 0; at < all.length; at += batchSize) {
      await Promise.all(all.slice(at, at + batchSize).map(work));
    }
  } catch (error) {
    throw new LifecycleError("marks-unavailable", redisReason(error));
  }
}
