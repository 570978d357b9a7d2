import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";

import { RedisLease } from "../../src/redis/redis-lease.ts";

async function openRedis() {
  const server = await startRedis();
  onTestFinished(() => server.stop());
  const redis = new Redis(server.url, { enableOfflineQueue: false, lazyConnect: true });
  redis.on("error", () => undefined);
  onTestFinished(() => redis.disconnect());
  await redis.connect();
  return { server, redis };
}

it("is given to one of many instances, and to the next when its time is over", async () => {
  const { redis } = await openRedis();
  const lease = new RedisLease(redis, { prefix: "t:", forMs: 300 });
  const takes = await Promise.all(Array.from({ length: 8 }, () => lease.take()));
  expect(takes.filter((isMine) => isMine)).toHaveLength(1);
  expect(await redis.pttl("t:lifecycle:lease")).toBeLessThanOrEqual(300);
  await expect.poll(() => lease.take()).toBe(true);
});

it("holds for less than an hour, so that an hourly run of its owner finds it free", async () => {
  const { redis } = await openRedis();
  await new RedisLease(redis, { prefix: "t:" }).take();
  const left = await redis.pttl("t:lifecycle:lease");
  expect(left).toBeLessThan(3_600_000);
  expect(left).toBeGreaterThan(3_000_000);
});

it("is told apart by the prefix", async () => {
  const { redis } = await openRedis();
  expect(await new RedisLease(redis, { prefix: "a:" }).take()).toBe(true);
  expect(await new RedisLease(redis, { prefix: "b:" }).take()).toBe(true);
});

it("throws lease-unavailable while Redis is gone", async () => {
  const { redis, server } = await openRedis();
  await server.kill();
  const lease = new RedisLease(redis, { prefix: "t:" });
  await expect(lease.take()).rejects.toMatchObject({ code: "lease-unavailable" });
});
