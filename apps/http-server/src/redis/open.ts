import { redisReason } from "@pr-review/durable/redis";
import { Cluster, type Redis } from "ioredis";

import { createRedisClient } from "./client.ts";
import { openErrorOf } from "./error.ts";
import type { RedisPlace } from "./place.ts";
import { redisTrust } from "./trust.ts";

/** How a connection to Redis is opened and watched. */
export interface OpenRedisOptions {
  /** How long a command may take before it is rejected, in ms. */
  readonly commandTimeoutMs: number;
  /** How long to try before giving up, in ms. */
  readonly openTimeoutMs?: number;
  /**
   * Told what breaks the connection later, as `redisReason` puts it: each reason once, and again
   * after a minute or after the connection was whole.
   */
  readonly onError?: (reason: string) => void;
  /** A number of [0, 1), to spread the attempts of many instances. */
  readonly random?: () => number;
  /** ms of a clock that never goes back. */
  readonly now?: () => number;
}

const quietMs = 60_000;

/**
 * Opens Redis and resolves when it takes commands. Later the connection mends itself; until it has,
 * commands fail at once.
 *
 * Throws `RedisOpenError`, or `SettingsError` when REDIS_TLS_CA_FILE cannot be used.
 */
export async function openRedis(
  place: RedisPlace,
  options: OpenRedisOptions,
): Promise<Redis | Cluster> {
  const {
    commandTimeoutMs,
    openTimeoutMs = 5_000,
    onError = () => undefined,
    random = Math.random,
    now = () => performance.now(),
  } = options;
  const client = createRedisClient(place, {
    commandTimeoutMs,
    tls: await redisTrust(place),
    retryDelay: (attempt) => retryDelay(attempt, random()),
  });
  try {
    await whenReady(client, place, openTimeoutMs);
  } catch (error) {
    closeRedis(client);
    throw error;
  }
  onFailure(client, sparingly(client, onError, now));
  return client;
}

/** Ends the connection at once, and the attempts to mend it. */
export function closeRedis(client: Redis | Cluster): void {
  client.disconnect();
}

/** Below 500 ms, so that Redis is back in use within a second of being back. */
function retryDelay(attempt: number, random: number): number {
  return Math.min(50 * 2 ** (attempt - 1), 250) * (1 + random);
}

async function whenReady(
  client: Redis | Cluster,
  place: RedisPlace,
  timeoutMs: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    let last = openErrorOf(place, "TIMEOUT");
    timer = setTimeout(() => reject(last), timeoutMs);
    client.once("ready", resolve);
    onFailure(client, (reason) => {
      last = openErrorOf(place, reason);
      // The other failures do not pass with time.
      if (last.code !== "redis-unreachable") reject(last);
    });
  });
  await ready.finally(() => clearTimeout(timer));
  // The nodes of a cluster connect on their first command, and refuse the next until they have.
  if (client instanceof Cluster)
    await Promise.allSettled(client.nodes("master").map((node) => node.ping()));
}

function onFailure(client: Redis | Cluster, tell: (reason: string) => void): void {
  for (const event of ["error", "node error"]) {
    client.on(event, (error: unknown) => tell(redisReason(error)));
  }
}

/** A client that is not connected fails many times a second, for the same reasons. */
function sparingly(
  client: Redis | Cluster,
  tell: (reason: string) => void,
  now: () => number,
): (reason: string) => void {
  const toldAt = new Map<string, number>();
  client.on("ready", () => toldAt.clear());
  return (reason) => {
    if (now() - (toldAt.get(reason) ?? -Infinity) < quietMs) return;
    toldAt.set(reason, now());
    tell(reason);
  };
}
