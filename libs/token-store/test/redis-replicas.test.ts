import { type RedisProcess, startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { RedisRecordStorage } from "../src/redis.ts";
import { grant, k1, k2, storeOn } from "./contract/fixtures.ts";

let master: RedisProcess;
let replica: RedisProcess;
let redis: Redis;
let onReplica: Redis;
/** Waits for as long as a slow machine needs. */
let patient: RedisRecordStorage;
/** For tests in which the replica will not answer. */
let hasty: RedisRecordStorage;

beforeAll(async () => {
  master = await startRedis({ args: ["--repl-diskless-sync-delay", "0"] });
  redis = new Redis(master.url);
  const args = ["--replicaof", "127.0.0.1", String(master.port)];
  replica = await startRedis({ args });
  onReplica = new Redis(replica.url);
  patient = new RedisRecordStorage(redis, { prefix: "t:", replicaWaitMs: 10_000 });
  hasty = new RedisRecordStorage(redis, { prefix: "t:", replicaWaitMs: 50 });
  const isOnline = async (): Promise<boolean> =>
    /state=online/.test(await redis.info("replication"));
  await vi.waitUntil(isOnline, 10_000);
});

afterAll(async () => {
  redis.disconnect();
  onReplica.disconnect();
  await Promise.all([master.stop(), replica.stop()]);
});

it("acknowledges no write before the replica has it", async () => {
  const copy = new RedisRecordStorage(onReplica, { prefix: "t:" });
  const store = storeOn(patient);
  for (let i = 0; i < 50; i += 1) {
    const { key, record } = await store.issue(grant);
    expect(await copy.get(record.id)).toBeDefined();
    await store.update(record.id, { description: "changed" });
    expect((await copy.get(record.id))?.description).toBe("changed");
    await store.revoke(key);
    expect(await copy.get(record.id)).toBeUndefined();
  }
});

it("takes a key back that the replica did not confirm", async () => {
  const store = storeOn(hasty);
  const before = await hasty.list();
  await replica.pause();
  try {
    await expect(store.issue(grant)).rejects.toMatchObject({ code: "store-unavailable" });
    await expect.poll(async () => hasty.list()).toEqual(before);
  } finally {
    await replica.resume();
  }
});

it("rejects a change or removal that the replica did not confirm", async () => {
  const { key, record } = await storeOn(patient).issue(grant);
  const store = storeOn(hasty);
  await replica.pause();
  try {
    const unavailable = { code: "store-unavailable", message: /no replica confirmed/ };
    for (const write of [
      async () => store.update(record.id, { disabled: true }),
      async () => storeOn(hasty, [k2, k1]).reseal(),
      async () => store.revoke(record.id),
    ]) {
      await expect(write()).rejects.toMatchObject({
        code: unavailable.code,
        message: expect.stringMatching(unavailable.message),
      });
    }
  } finally {
    await replica.resume();
  }
  expect(await store.find(key)).toBeUndefined();
});

it("reads while a write waits, when writes have a connection of their own", async () => {
  const writer = redis.duplicate();
  const options = { prefix: "own:", writer, replicaWaitMs: 2_000 };
  const store = storeOn(new RedisRecordStorage(redis, options));
  const { key } = await storeOn(
    new RedisRecordStorage(redis, { ...options, replicaWaitMs: 10_000 }),
  ).issue(grant);
  await replica.pause();
  try {
    let isWaiting = true;
    const issuing = store.issue(grant).catch(() => undefined);
    const writing = issuing.finally(() => (isWaiting = false));
    for (let i = 0; i < 20; i += 1) expect(await store.find(key)).toBeDefined();
    expect(isWaiting).toBe(true);
    await writing;
  } finally {
    await replica.resume();
    writer.disconnect();
  }
});

it("waits for no replica when there is none any more", async () => {
  await replica.kill();
  await expect.poll(async () => redis.info("replication")).toMatch(/connected_slaves:0/);
  const waits = await waitCalls();
  const { key } = await storeOn(patient).issue(grant);
  expect(await storeOn(patient).find(key)).toBeDefined();
  expect(await waitCalls()).toBe(waits);
});

async function waitCalls(): Promise<number> {
  const [, calls = "0"] = /cmdstat_wait:calls=(\d+)/.exec(await redis.info("commandstats")) ?? [];
  return Number(calls);
}
