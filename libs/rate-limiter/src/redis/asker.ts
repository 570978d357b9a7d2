import type { Cluster, Redis } from "ioredis";

import type { Ask, Verdict } from "../rate-limiter.ts";
import { Batch } from "./batch.ts";
import type { Script } from "./script.ts";
import { type Reply, Turnstile } from "./turnstile.ts";

/** What a limiter in Redis may be told beside its limit. */
export interface RedisLimiterOptions {
  /** Put before every key; `mcp:` unless told otherwise. */
  readonly prefix?: string;
  /** A clock for tests, in whole ms since the epoch; otherwise Redis' own is read. */
  readonly now?: () => number;
  /** How many keys' last replies this instance remembers; 10,000 unless told otherwise. */
  readonly remembered?: number;
}

/** How a script that limits is called and understood. */
export interface Algorithm {
  /** Made by `turnScript`. */
  readonly script: Script;
  /** What a key is called after the name of whom it limits; it numbers the format of its value. */
  readonly name: string;
  /** What it is told of a key beside its name: the limit first. */
  argsFor(limit: number): readonly [number, number, number];
  /** What the first parts of a reply mean. */
  read(limit: number, parts: readonly number[]): Reply;
}

/** Asks Redis for admissions, and no oftener than it must. */
export class Asker {
  readonly #algorithm: Algorithm;
  readonly #prefix: string;
  readonly #batch: Batch;
  readonly #turnstile: Turnstile;

  constructor(
    redis: Redis | Cluster,
    algorithm: Algorithm,
    { prefix = "mcp:", now, remembered = 10_000 }: RedisLimiterOptions,
  ) {
    this.#algorithm = algorithm;
    this.#prefix = prefix;
    this.#batch = new Batch(redis, algorithm.script, now);
    this.#turnstile = new Turnstile({ max: remembered, now: now ?? (() => performance.now()) });
  }

  take(key: string, limit: number, ask: Ask): Promise<Verdict> {
    return this.#turnstile.pass(key, limit, () => this.#ask(key, limit, ask));
  }

  recall(key: string, limit: number): Verdict | undefined {
    return this.#turnstile.recall(key, limit);
  }

  async #ask(key: string, limit: number, { companion }: Ask): Promise<Reply> {
    // In braces: whatever of this key lies in a cluster lies on one node.
    const name = `${this.#prefix}{${key}}:${this.#algorithm.name}`;
    const parts = await this.#batch.ask({
      keys: [name, companion?.key ?? name],
      args: [...this.#algorithm.argsFor(limit), companion?.field ?? ""],
    });
    const [first, second, third, field] = parts;
    const reply = this.#algorithm.read(limit, [Number(first), Number(second), Number(third)]);
    if (companion === undefined) return reply;
    const held = typeof field === "string" ? field : null;
    return { ...reply, verdict: { ...reply.verdict, companion: held } };
  }
}
