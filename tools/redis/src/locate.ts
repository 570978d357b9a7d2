import { fileURLToPath } from "node:url";

import { type RedisBinary, isRedisServer } from "./binary.ts";
import { RedisRigError } from "./errors.ts";
import { findOnPath } from "./find-on-path.ts";
import { findPrivateCopy, unpackPrivateCopy } from "./private-copy.ts";
import { run } from "./run.ts";

const CACHE = fileURLToPath(new URL("../../../.cache/redis", import.meta.url));
const IMAGE = "redis:7";

/** Where to look; the defaults are this process and this workspace. */
export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of the private copy. */
  readonly cache?: string;
  /** Told what is going on before anything that takes seconds. */
  readonly say?: (line: string) => void;
  readonly isRoot?: boolean;
}

/**
 * Finds a Redis server to test with, or gets one: `REDIS_SERVER` (a path), then `redis-server` on
 * the PATH, then a private copy in `.cache/redis`, which is fetched from Debian or Ubuntu when it
 * is not there yet, then `apt-get install` when root, then docker.
 *
 * Throws {@link RedisRigError} `wrong-redis-server` or `no-redis-server`.
 */
export async function locateRedisServer({
  env = process.env,
  cache = CACHE,
  say = (line) => process.stderr.write(`${line}\n`),
  isRoot = process.getuid?.() === 0,
}: LocateOptions = {}): Promise<RedisBinary> {
  const named = env["REDIS_SERVER"] ?? "";
  if (named !== "") return namedServer(named);

  const found =
    (await serverOnPath(env)) ??
    (await findPrivateCopy(cache)) ??
    (await fetchServer(env, cache, say)) ??
    (isRoot ? await installServer(env, say) : undefined) ??
    (await dockerServer(env, say));
  if (found !== undefined) return found;
  throw new RedisRigError(
    "no-redis-server",
    "The tests need Redis: install redis-server (apt-get install redis-server, brew install redis), start docker, or set REDIS_SERVER to the path of a redis-server.",
  );
}

async function namedServer(path: string): Promise<RedisBinary> {
  const binary = { path, env: {} };
  if (await isRedisServer(binary)) return binary;
  throw new RedisRigError(
    "wrong-redis-server",
    `REDIS_SERVER is "${path}", which does not run as a Redis server: set it to the path of a redis-server, or unset it.`,
  );
}

async function serverOnPath(env: NodeJS.ProcessEnv): Promise<RedisBinary | undefined> {
  const path = await findOnPath("redis-server", env);
  if (path === undefined) return undefined;
  const binary = { path, env: {} };
  return (await isRedisServer(binary)) ? binary : undefined;
}

async function fetchServer(
  env: NodeJS.ProcessEnv,
  cache: string,
  say: (line: string) => void,
): Promise<RedisBinary | undefined> {
  if ((await findOnPath("apt-get", env)) === undefined) return undefined;
  say(`No redis-server here: fetching a private copy into ${cache}...`);
  return unpackPrivateCopy(cache, env);
}

async function installServer(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<RedisBinary | undefined> {
  if ((await findOnPath("apt-get", env)) === undefined) return undefined;
  say("A private copy does not work here: installing redis-server (apt-get install)...");
  const aptGet = async (...args: string[]): Promise<boolean> =>
    (await run("apt-get", ["-y", ...args], { env: { ...env, DEBIAN_FRONTEND: "noninteractive" } }))
      .ok;
  const installed =
    (await aptGet("install", "redis-server")) ||
    ((await aptGet("update")) && (await aptGet("install", "redis-server")));
  return installed ? serverOnPath(env) : undefined;
}

async function dockerServer(
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<RedisBinary | undefined> {
  const path = await findOnPath("docker", env);
  if (path === undefined || !(await run(path, ["info"], { env })).ok) return undefined;
  const binary = { path, env: {}, image: IMAGE };
  if ((await run(path, ["image", "inspect", IMAGE], { env })).ok) return binary;
  say(`No redis-server here: pulling ${IMAGE} (docker)...`);
  return (await run(path, ["pull", IMAGE], { env })).ok ? binary : undefined;
}
