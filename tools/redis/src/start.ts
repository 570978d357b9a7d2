import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RedisBinary } from "./binary.ts";
import { RedisRigError } from "./errors.ts";
import { freePort } from "./free-port.ts";
import { locateRedisServer } from "./locate.ts";
import { type RedisProcess, openRedisProcess } from "./redis-process.ts";

const ATTEMPTS = 5;

/** How a test wants its Redis. */
export interface StartOptions {
  /** Further arguments of redis-server, such as `["--requirepass", "secret"]`; they win over ours. */
  readonly args?: readonly string[];
  /** Offers the port to listen on; another is asked for when it is taken. */
  readonly choosePort?: () => Promise<number>;
}

/**
 * Starts an empty Redis on a free port of 127.0.0.1 with a folder of its own and no persistence,
 * and resolves when it answers PING. It ends with this process at the latest, however that ends.
 *
 * Throws {@link RedisRigError}: the codes of {@link locateRedisServer}, `redis-died` (with its log)
 * or `redis-silent`.
 */
export async function startRedis({
  args = [],
  choosePort = freePort,
}: StartOptions = {}): Promise<RedisProcess> {
  const binary = await locateRedisServer();
  const folder = await mkdtemp(join(tmpdir(), "pr-review-redis-"));
  try {
    return await openOnSomePort(binary, folder, args, choosePort);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function openOnSomePort(
  binary: RedisBinary,
  folder: string,
  args: readonly string[],
  choosePort: () => Promise<number>,
): Promise<RedisProcess> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort();
    try {
      return await openRedisProcess(binary, { port, folder, args });
    } catch (error) {
      if (attempt === ATTEMPTS || !isPortClash(error)) throw error;
    }
  }
}

// The message carries the log: these are the words of Redis and of docker.
function isPortClash(error: unknown): boolean {
  const words = /already in use|already allocated/i;
  return error instanceof RedisRigError && words.test(error.message);
}
