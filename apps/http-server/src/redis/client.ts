import type { ConnectionOptions } from "node:tls";

import { Cluster, Redis, type RedisOptions } from "ioredis";

import { setDeadlines } from "./deadlines.ts";
import type { RedisNodes, RedisPlace, RedisSentinels } from "./place.ts";

/** What a client is made with. */
export interface RedisClientOptions {
  /** How long a command may take before it is rejected, in ms. */
  readonly commandTimeoutMs: number;
  readonly tls: ConnectionOptions | undefined;
  /** How long to wait before the given attempt to connect again, in ms. */
  readonly retryDelay: (attempt: number) => number;
}

/**
 * A client that starts to connect and never stops trying. Its commands fail at once while it is not
 * connected: whoever waits for Redis holds up a caller who could be served without.
 */
export function createRedisClient(place: RedisPlace, options: RedisClientOptions): Redis | Cluster {
  const client = createClient(place, options);
  setDeadlines(client, options.commandTimeoutMs);
  return client;
}

function createClient(place: RedisPlace, options: RedisClientOptions): Redis | Cluster {
  const shared = sharedOptions(place, options);
  if (place.kind === "cluster") return createCluster(place, options, shared);
  const standing = { ...shared, enableOfflineQueue: false, retryStrategy: options.retryDelay };
  if (place.kind === "sentinels") {
    return new Redis({ ...standing, ...sentinelOptions(place, options) });
  }
  const { host, port } = place.address;
  return new Redis({ ...standing, host, port, db: place.db });
}

/** The options without the one that changes the types of replies. */
type Options = Omit<RedisOptions, "replyMapping">;

/** How long a sentinel may take to answer, and a node to tell the slots of a cluster, in ms. */
const askingMs = 1_000;

function sharedOptions(place: RedisPlace, options: RedisClientOptions): Options {
  return {
    username: place.username,
    password: place.password,
    tls: options.tls,
    connectionName: "pr-review-mcp",
    connectTimeout: 2_000,
    disconnectTimeout: 250,
    keepAlive: 5_000,
    maxLoadingRetryTime: 250,
    // A command may have been carried out when its connection broke: once more could be once too often.
    maxRetriesPerRequest: 0,
    // The server was demoted: connecting anew finds the one that took over.
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
  };
}

function sentinelOptions(place: RedisSentinels, options: RedisClientOptions): Options {
  return {
    sentinels: [...place.addresses],
    name: place.primaryName,
    sentinelPassword: place.sentinelPassword,
    sentinelTLS: options.tls,
    enableTLSForSentinelMode: options.tls !== undefined,
    sentinelRetryStrategy: options.retryDelay,
    sentinelCommandTimeout: askingMs,
    // It leaves connections to sentinels open when it is closed (ioredis 6.0.0).
    failoverDetector: false,
  };
}

function createCluster(
  place: RedisNodes,
  { tls, retryDelay }: RedisClientOptions,
  redisOptions: Options,
): Cluster {
  return new Cluster([...place.addresses], {
    redisOptions,
    enableOfflineQueue: false,
    clusterRetryStrategy: retryDelay,
    slotsRefreshTimeout: askingMs,
    // Each try may end at a node that is gone, so few and quick ones: the caller is waiting.
    maxRedirections: 3,
    retryDelayOnFailover: 10,
    retryDelayOnClusterDown: 10,
    retryDelayOnTryAgain: 10,
    // Certificates are for names; looked up beforehand, a name would be lost.
    ...(tls === undefined ? {} : { dnsLookup: (host, answer) => answer(null, host) }),
  });
}
