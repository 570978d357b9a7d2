import type { Cluster, Redis } from "ioredis";

import { closeRedis, openRedis, type OpenRedisOptions } from "./open.ts";
import type { RedisPlace } from "./place.ts";
import { requireRecentRedis } from "./version.ts";

/**
 * Connections by how long their commands may take, so that what waits for a replica, or for a slow list,
 * never holds up a request that only wants its limit checked.
 */
export interface RedisConnections {
  /** For the rate limit of every request. */
  readonly limiting: Redis | Cluster;
  /** For looking up keys. */
  readonly reading: Redis | Cluster;
  /** For changes, which wait until a replica has them. */
  readonly writing: Redis | Cluster;
  /** For messages to streams of other instances, and for hearing those for our own. */
  readonly relaying: Redis | Cluster;
  readonly listening: Redis | Cluster;
  close(): void;
}

/**
 * The limiter gives up sooner by itself, and known keys are served without a look-up: those who wait this
 * long could only be refused.
 */
const timeoutsMs = { limiting: 1_000, reading: 1_000, writing: 2_000, relaying: 2_000 };

/** Opens all of them, or none: throws what `openRedis` and `requireRecentRedis` throw. */
export async function openConnections(
  place: RedisPlace,
  options: Pick<OpenRedisOptions, "onError">,
): Promise<RedisConnections> {
  const opened: (Redis | Cluster)[] = [];
  const open = async (commandTimeoutMs: number) => {
    const client = await openRedis(place, { ...options, commandTimeoutMs });
    opened.push(client);
    return client;
  };
  const close = () => {
    for (const client of opened) closeRedis(client);
  };
  try {
    const limiting = await open(timeoutsMs.limiting);
    const reading = await open(timeoutsMs.reading);
    await requireRecentRedis(reading, place);
    const writing = await open(timeoutsMs.writing);
    const relaying = await open(timeoutsMs.relaying);
    const listening = await open(timeoutsMs.relaying);
    return { limiting, reading, writing, relaying, listening, close };
  } catch (error) {
    close();
    throw error;
  }
}
