import { inspect } from "node:util";

import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it, onTestFinished, vi } from "vitest";

import { ReplicatedRedis } from "../../src/redis/replicated-redis.ts";

class StorageError extends Error {
  readonly code = "storage-unavailable";
}

const set = (value: string) => ({
  script: 'return redis.call("SET", KEYS[1], ARGV[1])',
  keys: ["canary-key"] as const,
  args: [value],
});

async function start(args: readonly string[] = []) {
  const server = await startRedis({ args });
  onTestFinished(() => server.stop());
  const redis = new Redis(server.url, { maxRetriesPerRequest: 0, retryStrategy: () => 20 });
  redis.on("error", () => undefined);
  onTestFinished(() => redis.disconnect());
  return { server, redis };
}

function storageOn(redis: Redis, replicaWaitMs: number): ReplicatedRedis {
  const unavailable = (message: string) => new StorageError(message);
  return new ReplicatedRedis(redis, { name: "redis 127.0.0.1", unavailable, replicaWaitMs });
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StorageError);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("canary");
  return String(error);
}

it("answers at once where there is no replica, and says in one word why it cannot", async () => {
  const { server, redis } = await start();
  const storage = storageOn(redis, 60_000);
  expect(await storage.write(set("canary"))).toBe("OK");
  expect(await storage.ask(async () => redis.get("canary-key"))).toBe("canary");
  await redis.config("SET", "maxmemory", "1");
  expect(await refusalOf(storage.write(set("canary".repeat(1_000))))).toContain(
    "redis 127.0.0.1 is out of reach or refuses (OOM). See to it",
  );
  await server.kill();
  expect(await refusalOf(storage.ask(async () => redis.get("canary-key")))).toMatch(
    /\((?:CLOSED|ECONN[A-Z]+)\)/,
  );
});

it("acknowledges what a replica has, and rejects what none confirmed in time", async () => {
  const { server, redis } = await start();
  const follower = await start(["--replicaof", "127.0.0.1", String(server.port)]);
  const isOnline = async () => /state=online/.test(await redis.info("replication"));
  await vi.waitUntil(isOnline, 20_000);
  for (const value of ["1", "2", "3", "4", "5"]) {
    await storageOn(redis, 10_000).write(set(value));
    expect(await follower.redis.get("canary-key")).toBe(value);
  }
  await follower.server.pause();
  onTestFinished(() => follower.server.resume());
  expect(await refusalOf(storageOn(redis, 50).write(set("canary")))).toContain(
    "redis 127.0.0.1 took a write that no replica confirmed in 50 ms, so that it may be lost.",
  );
});
