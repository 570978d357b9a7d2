import { redisReason } from "@pr-review/durable/redis";
import type { Cluster, Redis } from "ioredis";

import { LifecycleError } from "../errors.ts";
import type { Lease } from "../lease.ts";

/** Where in Redis the lease lies, and how long it holds. */
export interface RedisLeaseOptions {
  /** What its key begins with; `mcp:` unless told. */
  readonly prefix?: string;
  /** Less than the time between two runs, in ms; 54 minutes unless told. */
  readonly forMs?: number;
}

/**
 * One turn in a while for all instances: whoever asks first has it, and nobody gives it back, so that
 * starting many instances at once makes one run. It ends by itself when its owner dies.
 */
export class RedisLease implements Lease {
  readonly #redis: Redis | Cluster;
  readonly #key: string;
  readonly #forMs: number;

  constructor(
    redis: Redis | Cluster,
    { prefix = "mcp:", forMs = 54 * 60_000 }: RedisLeaseOptions = {},
  ) {
    this.#redis = redis;
    this.#key = `${prefix}lifecycle:lease`;
    this.#forMs = forMs;
  }

  async take(): Promise<boolean> {
    try {
      return (await this.#redis.set(this.#key, "taken", "PX", this.#forMs, "NX")) === "OK";
    } catch (error) {
      throw new LifecycleError("lease-unavailable", redisReason(error));
    }
  }
}
