import type { Cluster, Redis } from "ioredis";

import type { Ask, Verdict } from "../rate-limiter.ts";
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
  /**
   * Its KEYS are that of the limiter and, if asked for, of the companion. Its ARGV end with the
   * companion's field and, in tests, the time in ms. Its reply ends with what the field holds.
   */
  readonly script: Script;
  /** What a key is called after the name of whom it limits; it numbers the format of its value. */
  readonly name: string;
  /** The first arguments. */
  argsFor(limit: number): readonly number[];
  /** What the first parts of a reply mean. */
  read(limit: number, parts: readonly number[]): Reply;
}

/** Asks Redis for admissions, and no oftener than it must. */
export class Asker {
  readonly #redis: Redis | Cluster;
  readonly #algorithm: Algorithm;
  readonly #prefix: string;
  readonly #now: (() => number) | undefined;
  readonly #turnstile: Turnstile;

  constructor(
    redis: Redis | Cluster,
    algorithm: Algorithm,
    { prefix = "mcp:", now, remembered = 10_000 }: RedisLimiterOptions,
  ) {
    this.#redis = redis;
    this.#algorithm = algorithm;
    this.#prefix = prefix;
    this.#now = now;
    this.#turnstile = new Turnstile({ max: remembered, now: now ?? (() => performance.now()) });
  }

  take(key: string, limit: number, ask: Ask): Promise<Verdict> {
    return this.#turnstile.pass(key, limit, () => this.#ask(key, limit, ask));
  }

  recall(key: string, limit: number): Verdict | undefined {
    return this.#turnstile.recall(key, limit);
  }

  async #ask(key: string, limit: number, { companion }: Ask): Promise<Reply> {
    const { script, name } = this.#algorithm;
    // In braces: whatever of this key lies in a cluster lies on one node.
    const keys = [`${this.#prefix}{${key}}:${name}`];
    const args = [...this.#algorithm.argsFor(limit), companion?.field ?? ""];
    if (companion !== undefined) keys.push(companion.key);
    if (this.#now !== undefined) args.push(this.#now());
    const answer = await script.run(this.#redis, keys, args);
    const parts: readonly unknown[] = Array.isArray(answer) ? answer : [];
    const reply = this.#algorithm.read(limit, parts.map(Number));
    if (companion === undefined) return reply;
    const field = parts.at(-1);
    const held = typeof field === "string" ? field : null;
    return { ...reply, verdict: { ...reply.verdict, companion: held } };
  }
}
