import type { Cluster, Redis } from "ioredis";

import type { Script } from "./script.ts";

/** One question to the store. */
export interface Question {
  /** The key, and the hash of the companion: the key again if there is none. */
  readonly keys: readonly [string, string];
  /** The limit, two numbers more, and the companion's field: empty if there is none. */
  readonly args: readonly [number, number, number, string];
}

interface Pending extends Question {
  readonly resolve: (reply: readonly unknown[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** More at once would keep others waiting at the store. */
const most = 32;

/**
 * Sends what is asked within one turn of the event loop as one command: a command costs the client and the
 * store more than a decision does. In a cluster, whose keys lie on many nodes, each goes by itself.
 */
export class Batch {
  readonly #redis: Redis | Cluster;
  readonly #script: Script;
  readonly #now: (() => number) | undefined;
  #pending: Pending[] = [];
  /** Commands without a reply yet. */
  #underWay = 0;

  /** `now` is a clock for tests, in whole ms since the epoch; otherwise Redis' own is read. */
  constructor(redis: Redis | Cluster, script: Script, now: (() => number) | undefined) {
    this.#redis = redis;
    this.#script = script;
    this.#now = now;
  }

  /** The parts of the reply; rejects with what `redis` throws. */
  ask(question: Question): Promise<readonly unknown[]> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ ...question, resolve, reject });
      // Whoever is alone does not wait for company.
      if (this.#underWay === 0) this.#flush();
      else if (this.#pending.length === 1) process.nextTick(() => this.#flush());
    });
  }

  #flush(): void {
    const all = this.#pending;
    this.#pending = [];
    const size = this.#redis.isCluster ? 1 : most;
    for (let i = 0; i < all.length; i += size) void this.#send(all.slice(i, i + size));
  }

  async #send(questions: readonly Pending[]): Promise<void> {
    this.#underWay += 1;
    try {
      const keys = questions.flatMap((question) => question.keys);
      const args = questions.flatMap((question) => question.args);
      const replies = await this.#script.run(this.#redis, keys, [this.#now?.() ?? "", ...args]);
      const each: readonly unknown[] = Array.isArray(replies) ? replies : [];
      questions.forEach(({ resolve }, i) => {
        const reply: unknown = each[i];
        resolve(Array.isArray(reply) ? reply : []);
      });
    } catch (error) {
      for (const { reject } of questions) reject(error);
    } finally {
      this.#underWay -= 1;
    }
  }
}
