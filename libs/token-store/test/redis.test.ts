import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterAll, expect, it } from "vitest";

import { RedisRecordStorage } from "../src/redis.ts";
import { describeTokenStore } from "./contract.ts";
import { grant, storeOn } from "./contract/fixtures.ts";

const server = await startRedis();
const redis = new Redis(server.url);
let opened = 0;

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

function open(): RedisRecordStorage {
  opened += 1;
  return new RedisRecordStorage(redis, { prefix: `test${opened}:` });
}

describeTokenStore("a token store in Redis", async () => open());

it("tells where the version of a record can be read", async () => {
  const storage = open();
  const { record } = await storeOn(storage).issue(grant);
  const { key, field } = storage.versionField(record.id);
  expect(key).toContain(`{${record.id}}`);
  expect(await redis.hget(key, field)).toBe("1");
  await storeOn(storage).update(record.id, { disabled: true });
  expect(await redis.hget(key, field)).toBe("2");
  await storeOn(storage).revoke(record.id);
  expect(await redis.hget(key, field)).toBeNull();
});

it.each([
  ["a number that is none", async (key: string) => redis.hset(key, "createdAt", "soon")],
  ["a number written otherwise", async (key: string) => redis.hset(key, "rateLimit", "0x10")],
  ["a list that is none", async (key: string) => redis.hset(key, "scopes", "[1")],
  ["a list of numbers", async (key: string) => redis.hset(key, "allowedRepos", "[1]")],
  ["neither true nor false", async (key: string) => redis.hset(key, "disabled", "yes")],
  ["a field missing", async (key: string) => redis.hdel(key, "githubHost")],
  ["another type", async (key: string) => redis.multi().del(key).set(key, "x").exec()],
])("lists the other records when one has %s", async (_, damage) => {
  const storage = open();
  const store = storeOn(storage);
  const broken = await store.issue(grant);
  const whole = await store.issue(grant);
  await damage(storage.versionField(broken.record.id).key);
  const heard: string[] = [];
  const listed = await storage.list((id) => heard.push(id));
  expect(listed.map(({ id }) => id)).toEqual([whole.record.id]);
  expect(heard).toEqual([broken.record.id]);
  await expect(store.find(broken.key)).rejects.toMatchObject({ code: "unreadable-record" });
  expect(store.unreadable).toBe(1);
  expect((await store.list()).length + store.unreadable).toBe(3);
  expect(await store.revoke(broken.record.id)).toBe(true);
});

it("does not list what another prefix holds, whatever letters it has", async () => {
  const [star, other] = ["t*:", "tx:"].map((prefix) => new RedisRecordStorage(redis, { prefix }));
  if (star === undefined || other === undefined) throw new Error("There are two.");
  await storeOn(other).issue(grant);
  expect(await star.list()).toEqual([]);
  await storeOn(star).issue(grant);
  expect(await star.list()).toHaveLength(1);
});

it("takes a write that is sent again for the same write", async () => {
  const storage = open();
  const store = storeOn(storage);
  const { record } = await store.issue(grant);
  const stored = await storage.get(record.id);
  if (stored === undefined) throw new Error("Nothing was stored.");
  expect(await storage.insert(stored)).toBe(true);
  await store.update(record.id, { description: "x" });
  const changed = await storage.get(record.id);
  if (changed === undefined) throw new Error("Nothing was stored.");
  expect(await storage.replace(changed, 1)).toBe(true);
  expect(await storage.list()).toEqual([changed]);
});
