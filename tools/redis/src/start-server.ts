import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { RedisBinary } from "./binary.ts";
import { RedisRigError } from "./errors.ts";
import { freePort } from "./free-port.ts";
import { type RedisProcess, openRedisProcess } from "./redis-process.ts";

const ATTEMPTS = 5;

/** What makes one server unlike another. */
export interface ServerPlan {
  /** Further arguments of redis-server. */
  readonly args?: readonly string[];
  /** Files to lay into its working folder first, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** The one of these files that is its configuration. */
  readonly configFile?: string;
  /** The PEM of the authority behind its certificate; with it the server speaks TLS only. */
  readonly ca?: string | undefined;
  /** Offers the port to listen on; another is asked for when it is taken. */
  readonly choosePort?: () => Promise<number>;
}

/**
 * Starts a server on a free port with a folder of its own, and resolves when it answers PING.
 *
 * Throws {@link RedisRigError}: `redis-died` (with its log) or `redis-silent`.
 */
export async function startServer(binary: RedisBinary, plan: ServerPlan): Promise<RedisProcess> {
  const folder = await mkdtemp(join(tmpdir(), "pr-review-redis-"));
  try {
    for (const [name, text] of Object.entries(plan.files ?? {})) {
      await writeFile(join(folder, name), text, { mode: 0o600 });
    }
    return await openOnSomePort(binary, folder, plan);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function openOnSomePort(
  binary: RedisBinary,
  folder: string,
  { choosePort = freePort, args = [], configFile, ca }: ServerPlan,
): Promise<RedisProcess> {
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort();
    try {
      return await openRedisProcess(binary, { port, folder, args, configFile, ca });
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
