import { randomUUID } from "node:crypto";

import type { Cluster, Redis } from "ioredis";

import { Script } from "./script.ts";

/** KEYS: the instances by their last beat. ARGV: an instance, ms that a beat counts. Reply: how many. */
const beat = new Script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return redis.call('ZCARD', KEYS[1])
`);

/** What `RedisInstances` may be told. */
export interface RedisInstancesOptions {
  /** Put before the key; `mcp:` unless told otherwise. */
  readonly prefix?: string;
  /** The name of this instance, like no other's; random unless told otherwise. */
  readonly id?: string;
  /** Ms that a beat counts; beat at least three times as often. 15,000 unless told otherwise. */
  readonly ttlMs?: number;
}

/** Counts the running instances by the beats they leave in Redis. Never closes `redis`. */
export class RedisInstances {
  readonly #redis: Redis | Cluster;
  readonly #key: string;
  readonly #id: string;
  readonly #ttlMs: number;
  #count = 1;

  constructor(
    redis: Redis | Cluster,
    { prefix = "mcp:", id = randomUUID(), ttlMs = 15_000 }: RedisInstancesOptions = {},
  ) {
    this.#redis = redis;
    this.#key = `${prefix}instances`;
    this.#id = id;
    this.#ttlMs = ttlMs;
  }

  /** How many instances there were at the last beat that Redis heard; at least 1. */
  get count(): number {
    return this.#count;
  }

  /** Says that this instance runs, and whether Redis heard it. Never throws: it is for a timer. */
  async beat(): Promise<boolean> {
    try {
      const count = await beat.run(this.#redis, [this.#key], [this.#id, this.#ttlMs]);
      this.#count = Math.max(1, Number(count));
      return true;
    } catch {
      return false;
    }
  }

  /** Takes this instance off the count at once, for an orderly shutdown. Throws what `redis` throws. */
  async leave(): Promise<void> {
    await this.#redis.zrem(this.#key, this.#id);
  }
}
