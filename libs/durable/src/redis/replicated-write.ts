import type { ChainableCommander, Cluster, Redis } from "ioredis";
import { z } from "zod";

/** One script with its keys, which lie on one slot, and its arguments. */
export interface Write {
  readonly script: string;
  readonly keys: readonly [string, ...string[]];
  readonly args: readonly string[];
}

/** What became of a write. */
export interface WriteResult {
  readonly reply: unknown;
  /** False when a replica is connected and did not confirm in time: a failover could lose the write. */
  readonly isSafe: boolean;
}

const primary = z.tuple([z.literal("master"), z.number(), z.array(z.unknown())]);

/**
 * Runs a script and, where its node has a replica, waits up to `waitMs` for one to have it (WAIT).
 * Rejects with the error of ioredis; then the script has run or not.
 */
export async function writeReplicated(
  redis: Redis | Cluster,
  { script, keys, args }: Write,
  waitMs: number,
): Promise<WriteResult> {
  const [key] = keys;
  // A pipeline is not redirected within a cluster, a command is: after it the client knows the node.
  await redis.exists(key);
  // Keyless commands go where the key of their pipeline leads, on the same connection.
  const [, role] = await run(redis.pipeline().exists(key).role());
  const hasReplica = (primary.safeParse(role).data?.[2].length ?? 0) > 0;

  const write = redis.pipeline().eval(script, keys.length, ...keys, ...args);
  // WAIT speaks of what its own connection wrote, and without a replica it would sit out the time.
  const [reply, confirmations] = await run(hasReplica ? write.wait(1, waitMs) : write);
  return { reply, isSafe: !hasReplica || confirmations !== 0 };
}

async function run(pipeline: ChainableCommander): Promise<readonly unknown[]> {
  const results = (await pipeline.exec()) ?? [];
  return results.map(([error, reply]) => {
    if (error !== null) throw error;
    return reply;
  });
}
