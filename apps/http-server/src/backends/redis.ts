import { RedisAuditStorage } from "@pr-review/audit-log/redis";
import { Authenticator, FailureLimiter } from "@pr-review/auth";
import { redisReason } from "@pr-review/durable/redis";
import { RedisLease, RedisMarks } from "@pr-review/key-lifecycle/redis";
import { GuardedRateLimiter } from "@pr-review/rate-limiter";
import { RedisGcraLimiter, RedisInstances, RedisRateLimiter } from "@pr-review/rate-limiter/redis";
import { Seal, TokenStore } from "@pr-review/token-store";
import { RedisRecordStorage } from "@pr-review/token-store/redis";
import { RedisUsageStorage } from "@pr-review/usage-log/redis";

import type { Config } from "../config.ts";
import { openConnections, type RedisConnections } from "../redis/connections.ts";
import { redisName, type RedisPlace } from "../redis/place.ts";
import { redisVersion } from "../redis/version.ts";
import { RedisSseRelay } from "../sse/redis-relay.ts";
import type { Backends } from "./backends.ts";
import { closeLedgers, openLedgers } from "./ledgers.ts";
import type { BackendServices } from "./services.ts";
import { onUnreadable } from "./unreadable.ts";

/** Three in the time that a beat counts. */
const beatEveryMs = 5_000;
/** Keys whose tokens an instance holds ready. */
const rememberedKeys = 10_000;

/** Backends that all instances share. */
export async function openRedisBackends(
  config: Config,
  place: RedisPlace,
  services: BackendServices,
): Promise<Backends> {
  const { keyring, log } = services;
  const prefix = config.REDIS_KEY_PREFIX;
  const redis = await openConnections(place, {
    onError: (reason) => log.warn({ reason }, "redis is out of reach"),
  });
  const shared = { prefix, name: redisName(place) };
  const replicated = { ...shared, writer: redis.writing };
  const storage = new RedisRecordStorage(redis.reading, replicated);
  const tokens = new TokenStore(storage, new Seal(keyring), {
    onUnreadable: onUnreadable(services),
  });
  const ledgers = await openLedgers(
    {
      audit: new RedisAuditStorage(redis.reading, replicated),
      usage: new RedisUsageStorage(redis.writing, shared),
    },
    services,
  );
  const instances = new RedisInstances(redis.limiting, { prefix });
  await instances.beat();
  const beating = setInterval(() => void instances.beat(), beatEveryMs);
  const limiter = config.RATE_LIMIT_ENABLED
    ? sharedLimiter(config, { redis, instances, services })
    : undefined;
  return {
    tokens,
    ...ledgers,
    authenticator: new Authenticator(tokens, {
      failures: new FailureLimiter(),
      // Without a limiter nothing tells the version of a remembered key, so the store is asked.
      remember: config.RATE_LIMIT_ENABLED ? rememberedKeys : 0,
      staleMs: config.MCP_AUTH_STALE_SECONDS * 1_000,
    }),
    limiter,
    versionField: (keyId) => storage.versionField(keyId),
    sseRelay: new RedisSseRelay({ redis: redis.relaying, subscriber: redis.listening, prefix }),
    lease: new RedisLease(redis.relaying, { prefix }),
    marks: new RedisMarks(redis.relaying, { prefix }),
    storage: async () => ({
      kind: "redis",
      name: storage.name,
      redisVersion: await redisVersion(redis.reading),
    }),
    // Never down: known keys are served without Redis, and every instance would leave at once.
    checks: {
      store: () => (redis.reading.status === "ready" ? "ok" : "degraded"),
      limiter: () => (limiter?.state === "open" ? "degraded" : "ok"),
    },
    close: async () => {
      clearInterval(beating);
      await closeLedgers(ledgers, services);
      await instances.leave().catch((error: unknown) => {
        log.warn({ reason: redisReason(error) }, "redis did not hear that this instance leaves");
      });
      redis.close();
    },
  };
}

function sharedLimiter(
  config: Config,
  {
    redis,
    instances,
    services: { log, metrics },
  }: {
    readonly redis: RedisConnections;
    readonly instances: RedisInstances;
    readonly services: BackendServices;
  },
): GuardedRateLimiter {
  const rate = config.RATE_LIMIT_REQUESTS_PER_MINUTE;
  const burst = config.RATE_LIMIT_BURST;
  const options = { prefix: config.REDIS_KEY_PREFIX };
  const remote =
    config.RATE_LIMIT_ALGORITHM === "gcra"
      ? new RedisGcraLimiter(redis.limiting, { rate, burst: Math.max(1, burst) }, options)
      : new RedisRateLimiter(redis.limiting, { limit: rate + burst }, options);
  return new GuardedRateLimiter(
    remote,
    { limit: rate + burst },
    {
      policy: config.RATE_LIMIT_FAIL_POLICY,
      instances: () => instances.count,
      onDecision: ({ policy }) => {
        if (policy !== "remote") metrics.limiterDegraded.inc({ policy });
      },
      onChange: ({ from, to, error }) => {
        const reason = error === undefined ? undefined : redisReason(error);
        log.warn({ from, to, reason }, "rate limiting with redis");
      },
    },
  );
}
