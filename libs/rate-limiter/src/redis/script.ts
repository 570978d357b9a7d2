import { createHash } from "node:crypto";

import type { Cluster, Redis } from "ioredis";

/** A Lua script that is sent whole only to a Redis that does not know it yet. */
export class Script {
  readonly #source: string;
  readonly #sha1: string;

  constructor(source: string) {
    this.#source = source;
    this.#sha1 = createHash("sha1").update(source).digest("hex");
  }

  /** Runs it once; throws what `redis` throws. */
  async run(
    redis: Redis | Cluster,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown> {
    try {
      return await redis.evalsha(this.#sha1, keys.length, ...keys, ...args);
    } catch (error) {
      if (!isUnknownScript(error)) throw error;
      return redis.eval(this.#source, keys.length, ...keys, ...args);
    }
  }
}

/** So says a Redis that was restarted, or a master that was a replica a moment ago. */
function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("NOSCRIPT");
}
