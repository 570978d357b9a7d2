import { inspect } from "node:util";

import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { AuditLog } from "../src/index.ts";
import { RedisAuditStorage } from "../src/redis.ts";
import { addRecords, event, logOn } from "./contract/fixtures.ts";

// As a server would have it: what cannot be asked now is refused now.
const impatient = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 };
const secret = { ...event, target: "a secret target" };
let server: RedisProcess;
let redis: Redis;
let log: AuditLog;

beforeEach(async () => {
  server = await startRedis({ args: ["--appendonly", "yes", "--appendfsync", "always"] });
  redis = new Redis(server.url, { ...impatient, lazyConnect: true, retryStrategy: () => 20 });
  redis.on("error", () => undefined);
  await redis.connect();
  log = logOn(new RedisAuditStorage(redis, { name: "redis 127.0.0.1" }));
  await addRecords(log, 3);
});

afterEach(async () => {
  redis.disconnect();
  await server.stop();
});

async function expectUnavailable(
  operations: readonly (() => Promise<unknown>)[],
  reason: RegExp,
): Promise<void> {
  for (const operation of operations) {
    const error: unknown = await operation().catch((e: unknown) => e);
    expect(error).toMatchObject({ name: "AuditLogError", code: "audit-unavailable" });
    expect(String(error)).toMatch(reason);
    expect(String(error)).toContain("redis 127.0.0.1 (mcp:{audit}:log)");
    const everything = inspect(error, { depth: 9, showHidden: true });
    for (const text of ["secret target", "redis.call", "signedBy"]) {
      expect(everything).not.toContain(text);
    }
  }
}

const append = async () => log.append(secret);
const read = async () => log.read();
const verify = async () => log.verify();

it("is unavailable when Redis is gone, and goes on when it is back", async () => {
  await server.kill();
  await expectUnavailable([append, append, read, verify], /CLOSED|ECONN/);
  await server.restart();
  await expect.poll(async () => log.append(event).catch(() => "down")).toMatchObject({ seq: 4 });
  expect(await log.verify()).toMatchObject({ ok: true, records: 4 });
});

it("is unavailable when Redis hangs", async () => {
  await server.pause();
  await expectUnavailable([append, read], /TIMEOUT/);
  await server.resume();
});

it("says OOM when Redis has no memory left, and goes on reading", async () => {
  await redis.config("SET", "maxmemory", "1");
  await expectUnavailable([append], /\(OOM\)/);
  expect(await log.verify()).toMatchObject({ ok: true, records: 3 });
});

it("says READONLY when Redis became a replica", async () => {
  await redis.replicaof("127.0.0.1", 1);
  await expectUnavailable([append], /\(READONLY\)/);
});

it("says WRONGTYPE when something else lies at its key", async () => {
  await redis.set("mcp:{audit}:log", "x");
  await expectUnavailable([append, read, verify], /\(WRONGTYPE\)/);
});

it("acknowledges what a replica has, and rejects what none confirmed", async () => {
  const replica = await startRedis({ args: ["--replicaof", "127.0.0.1", String(server.port)] });
  const copy = new Redis(replica.url);
  try {
    const isOnline = async () => /state=online/.test(await redis.info("replication"));
    await vi.waitUntil(isOnline, 20_000);
    const patient = redis.duplicate({ enableOfflineQueue: true, commandTimeout: 30_000 });
    const options = { writer: patient, replicaWaitMs: 10_000 };
    const safe = logOn(new RedisAuditStorage(redis, options));
    for (let seq = 4; seq <= 13; seq += 1) {
      await safe.append(event);
      expect(await copy.xlen("mcp:{audit}:log")).toBe(seq);
    }
    patient.disconnect();
    await replica.pause();
    const hasty = new RedisAuditStorage(redis, { name: "redis 127.0.0.1", replicaWaitMs: 50 });
    log = logOn(hasty);
    await expectUnavailable([append], /no replica confirmed/);
  } finally {
    await replica.resume();
    copy.disconnect();
    await replica.stop();
  }
  expect(await log.verify()).toMatchObject({ ok: true });
});
