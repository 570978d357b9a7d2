import { inspect } from "node:util";

import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";

import type { UsageLog } from "../src/index.ts";
import { RedisUsageStorage } from "../src/redis.ts";
import { call, logOn } from "./contract/fixtures.ts";

// As a server would have it: what cannot be asked now is refused now.
const impatient = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 };
let server: RedisProcess;
let redis: Redis;
let log: UsageLog;

beforeEach(async () => {
  server = await startRedis();
  redis = new Redis(server.url, { ...impatient, lazyConnect: true, retryStrategy: () => 20 });
  redis.on("error", () => undefined);
  await redis.connect();
  log = logOn(new RedisUsageStorage(redis, { name: "redis 127.0.0.1" }), { writer: "w7" });
});

afterEach(async () => {
  redis.disconnect();
  await server.stop();
});

async function expectUnavailable(work: Promise<unknown>, reason: RegExp): Promise<void> {
  const error: unknown = await work.catch((e: unknown) => e);
  expect(error).toMatchObject({ name: "UsageError", code: "usage-unavailable" });
  expect(String(error)).toMatch(reason);
  expect(String(error)).toContain("redis 127.0.0.1");
  const everything = inspect(error, { depth: 9, showHidden: true });
  for (const inside of ["alice", "w7", "redis.call", "HSET"]) {
    expect(everything).not.toContain(inside);
  }
}

it("counts once what a Redis that hung took after the answer was given up", async () => {
  log.note(call());
  await server.pause();
  await expectUnavailable(log.flush(), /TIMEOUT/);
  log.note(call());
  await server.resume();
  // The first batch was on its way all the time.
  await expect.poll(async () => redis.hlen("mcp:{usage}:day:2026-11-22")).toBe(1);
  expect((await log.totals()).calls).toBe(2);
  await log.flush();
  expect((await log.totals()).calls).toBe(2);
  expect(await redis.hvals("mcp:{usage}:day:2026-11-22")).toEqual(["2 0 0 0"]);
});

it("is unavailable, not empty, when Redis is gone, and stores it all when it is back", async () => {
  log.note(call());
  await server.kill();
  await expectUnavailable(log.flush(), /CLOSED|ECONN/);
  await expectUnavailable(log.read(), /CLOSED|ECONN/);
  log.note(call());
  await server.restart();
  await expect.poll(async () => log.totals().catch(() => "down")).toMatchObject({ calls: 2 });
  await log.flush();
  expect((await log.totals()).calls).toBe(2);
});

it("says OOM and READONLY when Redis refuses to write, and goes on reading", async () => {
  log.note(call());
  await log.flush();
  log.note(call());
  await redis.config("SET", "maxmemory", "1");
  await expectUnavailable(log.flush(), /\(OOM\)/);
  await redis.config("SET", "maxmemory", "0");
  await redis.replicaof("127.0.0.1", 1);
  await expectUnavailable(log.flush(), /\(READONLY\)/);
  expect((await log.totals()).calls).toBe(2);
  await redis.replicaof("NO", "ONE");
  await log.flush();
  expect((await log.totals()).calls).toBe(2);
});

it("says NOAUTH to a client without the password", async () => {
  await redis.config("SET", "requirepass", "secret");
  const stranger = new Redis(server.url, { ...impatient, enableOfflineQueue: true });
  stranger.on("error", () => undefined);
  const strange = logOn(new RedisUsageStorage(stranger, { name: "redis 127.0.0.1" }));
  strange.note(call());
  await expectUnavailable(strange.flush(), /\((NOAUTH|CLOSED)\)/);
  stranger.disconnect();
});
