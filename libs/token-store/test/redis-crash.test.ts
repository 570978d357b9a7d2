import { randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { type Proxy, type RedisProcess, startProxy, startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";

import { RedisRecordStorage } from "../src/redis.ts";
import { grant, storeOn } from "./contract/fixtures.ts";

const impatient = { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true };
let server: RedisProcess;
let proxy: Proxy;
let observer: Redis;

beforeEach(async () => {
  // What Redis acknowledged it has on disk: what is lost here, the store has lost.
  server = await startRedis({ args: ["--appendonly", "yes", "--appendfsync", "always"] });
  // So far away that commands and answers are under way when the line is cut.
  proxy = await startProxy(server.port);
  proxy.delayBy(3);
  observer = connect(server.url);
});

afterEach(async () => {
  observer.disconnect();
  await proxy.stop();
  await server.stop();
});

function connect(url: string, options = {}): Redis {
  const redis = new Redis(url, { ...options, retryStrategy: () => 20 });
  return redis.on("error", () => undefined);
}

interface Creations {
  readonly keys: readonly string[];
  readonly rejected: number;
  /** Records without a key, right after the cut. */
  readonly orphans: number;
}

/** Creates ten keys at about the same time, and cuts in at some moment. */
async function createUntil(
  redis: Redis,
  prefix: string,
  cut: () => Promise<unknown> | void,
): Promise<Creations> {
  const store = storeOn(new RedisRecordStorage(redis, { prefix }));
  const creations = Array.from({ length: 10 }, async () => {
    await setTimeout(randomInt(10));
    return store.issue(grant);
  });
  const cutting = setTimeout(randomInt(5, 40)).then(cut);
  const settled = await Promise.allSettled(creations);
  await cutting;
  const keys = settled.flatMap((each) => (each.status === "fulfilled" ? [each.value.key] : []));
  const reasons = settled.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  for (const reason of reasons) expect(reason).toMatchObject({ code: "store-unavailable" });
  const here = await observer.keys(`${prefix}*`);
  return { keys, rejected: reasons.length, orphans: Math.max(0, here.length - keys.length) };
}

/** Every key works, and in the end nothing lies there beside them. */
async function expectExactly(keys: readonly string[], prefix: string): Promise<void> {
  const storage = new RedisRecordStorage(observer, { prefix });
  const damaged: string[] = [];
  const count = async (): Promise<number> => (await storage.list((id) => damaged.push(id))).length;
  await expect.poll(count).toBe(keys.length);
  expect(damaged).toEqual([]);
  const store = storeOn(storage);
  for (const key of keys) expect((await store.find(key))?.githubToken).toBe("ghp_alice");
}

it("of 500 creations cut off at any moment, each gave a key that works or left nothing", async () => {
  const sum = { keys: 0, rejected: 0, orphans: 0 };
  for (let round = 0; round < 50; round += 1) {
    const redis = connect(`redis://${proxy.host}:${proxy.port}`, impatient);
    await redis.connect();
    const creations = await createUntil(redis, `t${round}:`, () => {
      proxy.reset();
      // By turns ioredis connects again by itself, sending again what had no answer, or on our word.
      if (round % 2 === 0) redis.disconnect();
    });
    if (redis.status === "end") await redis.connect();
    await expectExactly(creations.keys, `t${round}:`);
    redis.disconnect();
    sum.keys += creations.keys.length;
    sum.rejected += creations.rejected;
    sum.orphans += creations.orphans;
  }
  expect(sum.keys + sum.rejected).toBe(500);
  expect(sum.keys).toBeGreaterThan(50);
  expect(sum.rejected).toBeGreaterThan(50);
  // Else nothing was there to be undone, and this proves little.
  expect(sum.orphans).toBeGreaterThan(0);
});

it("so did each when Redis was killed", async () => {
  let rejected = 0;
  for (let round = 0; round < 6; round += 1) {
    // Else ioredis sends again what had no answer, and every creation succeeds.
    const options = { ...impatient, maxRetriesPerRequest: 0 };
    const redis = connect(`redis://${proxy.host}:${proxy.port}`, options);
    await redis.connect();
    const creations = await createUntil(redis, `t${round}:`, async () => {
      await server.kill();
      await server.restart();
    });
    await expectExactly(creations.keys, `t${round}:`);
    redis.disconnect();
    rejected += creations.rejected;
  }
  expect(rejected).toBeGreaterThan(0);
});
