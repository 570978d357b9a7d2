import { inspect } from "node:util";

import { type RedisProcess, startProxy, startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";

import type { StoredToken } from "../src/index.ts";
import { RedisRecordStorage } from "../src/redis.ts";
import { grant, storeOn } from "./contract/fixtures.ts";

// As a server would have it: what cannot be asked now is refused now.
const impatient = { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: 500 };
let server: RedisProcess;
let redis: Redis;
let storage: RedisRecordStorage;
let stored: StoredToken;

beforeEach(async () => {
  server = await startRedis();
  redis = new Redis(server.url, { ...impatient, lazyConnect: true, retryStrategy: () => 20 });
  redis.on("error", () => undefined);
  await redis.connect();
  storage = new RedisRecordStorage(redis, { name: "redis 127.0.0.1" });
  const { record } = await storeOn(storage).issue(grant);
  const found = await storage.get(record.id);
  if (found === undefined) throw new Error("Nothing was stored.");
  stored = found;
});

afterEach(async () => {
  redis.disconnect();
  await server.stop();
});

const reads = {
  get: async () => storage.get(stored.id),
  list: async () => storage.list(),
  count: async () => storage.count(),
  keyCheck: async () => storage.keyCheck(),
};
const growing = {
  insert: async () => storage.insert({ ...stored, id: "0123456789" }),
  replace: async () => storage.replace({ ...stored, sealed: "k1.AAAA", version: 2 }, 1),
  setKeyCheck: async () => storage.setKeyCheck("k1.AAAA"),
};
const writes = {
  ...growing,
  touch: async () => storage.touch(stored.id, 1),
  remove: async () => storage.remove(stored.id),
};
type Operations = Readonly<Record<string, () => Promise<unknown>>>;

async function expectUnavailable(operations: Operations, reason: RegExp): Promise<void> {
  for (const operation of Object.values(operations)) {
    const error: unknown = await operation().catch((e: unknown) => e);
    expect(error).toMatchObject({ name: "TokenStoreError", code: "store-unavailable" });
    expect(String(error)).toMatch(reason);
    expect(String(error)).toContain("redis 127.0.0.1");
    const everything = inspect(error, { depth: 9, showHidden: true });
    for (const secret of [stored.sealed, stored.keyHash, stored.id, "redis.call", "AAAA"]) {
      expect(everything).not.toContain(secret);
    }
  }
}

it("is unavailable, not empty, when Redis is gone", async () => {
  await server.kill();
  await expectUnavailable({ ...reads, ...writes }, /CLOSED|ECONN/);
});

it("is unavailable, not empty, when Redis hangs", async () => {
  await server.pause();
  await expectUnavailable({ get: reads.get, insert: growing.insert }, /TIMEOUT/);
  await server.resume();
});

it("looks a record up on the connection that writes when the other gives no answer", async () => {
  const proxy = await startProxy(server.port);
  const broken = new Redis(proxy.port, { ...impatient, commandTimeout: 50, lazyConnect: true });
  broken.on("error", () => undefined);
  await broken.connect();
  proxy.swallow();
  const both = new RedisRecordStorage(broken, { writer: redis });
  expect(await both.get(stored.id)).toEqual(stored);
  broken.disconnect();
  expect(await both.get(stored.id)).toEqual(stored);
  await server.kill();
  await expect(both.get(stored.id)).rejects.toMatchObject({ code: "store-unavailable" });
  await proxy.stop();
});

it("says OOM when Redis has no memory left, and goes on reading and revoking", async () => {
  await redis.config("SET", "maxmemory", "1");
  await expectUnavailable({ insert: growing.insert, setKeyCheck: growing.setKeyCheck }, /\(OOM\)/);
  expect(await storage.get(stored.id)).toEqual(stored);
  expect(await storage.list()).toHaveLength(1);
  expect(await storage.remove(stored.id)).toBe(true);
});

it("says READONLY when Redis became a replica, and goes on reading", async () => {
  await redis.replicaof("127.0.0.1", 1);
  await expectUnavailable(writes, /\(READONLY\)/);
  expect(await storage.get(stored.id)).toEqual(stored);
});

it.each([true, false])(
  "says NOAUTH to a client without the password (which asks INFO first: %s)",
  async (enableReadyCheck) => {
    await redis.config("SET", "requirepass", "secret");
    const options = { ...impatient, enableOfflineQueue: true, enableReadyCheck };
    const stranger = new Redis(server.url, { ...options, retryStrategy: () => 20 });
    stranger.on("error", () => undefined);
    storage = new RedisRecordStorage(stranger, { name: "redis 127.0.0.1" });
    await expectUnavailable({ get: reads.get }, /\(NOAUTH\)/);
    // ioredis closes such a connection again and again: a command may fall in between.
    await expectUnavailable({ ...reads, ...writes }, /\((NOAUTH|CLOSED)\)/);
    stranger.disconnect();
  },
);

it("finds a key although its use cannot be noted", async () => {
  const store = storeOn(storage);
  const { key } = await store.issue(grant);
  await redis.config("SET", "maxmemory", "1");
  expect((await store.find(key))?.githubToken).toBe("ghp_alice");
  await redis.config("SET", "maxmemory", "0");
  await redis.replicaof("127.0.0.1", 1);
  expect((await store.find(key))?.githubToken).toBe("ghp_alice");
  expect((await storage.list()).map(({ lastUsedAt }) => lastUsedAt)).toEqual([
    undefined,
    undefined,
  ]);
});

it("serves again when Redis is back", async () => {
  await server.kill();
  await expectUnavailable(reads, /CLOSED|ECONN/);
  await server.restart();
  await expect.poll(async () => storage.list().catch(() => "down")).toEqual([]);
});
