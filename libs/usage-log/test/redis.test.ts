import { startRedis } from "@pr-review/redis-rig";
import { Redis, type RedisKey } from "ioredis";
import { afterAll, expect, it, vi } from "vitest";

import { RedisUsageStorage } from "../src/redis.ts";
import { describeUsageLog } from "./contract.ts";
import { call, logOn } from "./contract/fixtures.ts";

const server = await startRedis();
const redis = new Redis(server.url);
let opened = 0;

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

function open(): { readonly storage: RedisUsageStorage; readonly prefix: string } {
  opened += 1;
  const prefix = `test${opened}:`;
  return { storage: new RedisUsageStorage(redis, { prefix }), prefix };
}

describeUsageLog("a usage log in Redis", async () => {
  const { storage } = open();
  return async () => storage;
});

it("lets all of its keys expire a day after they are not kept any more", async () => {
  const { storage, prefix } = open();
  const log = logOn(storage, { keepDays: 90, writer: "w" });
  log.note(call());
  await log.flush();
  const keys = (await redis.keys(`${prefix}*`)).toSorted();
  expect(keys).toEqual([`${prefix}{usage}:day:2026-11-22`, `${prefix}{usage}:writer:w`]);
  const seconds = await Promise.all(keys.map(async (key) => redis.ttl(key)));
  for (const left of seconds) expect(91 * 86_400 - left).toBeLessThan(60);
});

it("takes 1,201 rows in seven scripts", async () => {
  const { storage } = open();
  const log = logOn(storage);
  for (let i = 0; i < 1_201; i += 1) log.note(call({ keyId: `k${i}` }));
  const before = await evals();
  await log.flush();
  expect((await evals()) - before).toBe(7);
  expect(await log.read()).toHaveLength(1_201);
});

it("reads a batch that comes in late, while it reads, whole or not at all", async () => {
  const { storage, prefix } = open();
  const row = { keyId: "k1", userId: "alice", tool: "fetch", errors: 0, denials: 0, points: 0 };
  const batch = { writer: "w", day: "2026-11-22", maxRows: 10, keepDays: 90 };
  await storage.add({ ...batch, sequence: 1, rows: [{ ...row, calls: 1 }] });
  const client = redis.duplicate();
  const scan = vi.spyOn(client, "hscan").mockImplementationOnce(async (key: RedisKey) => {
    await storage.add({ ...batch, sequence: 2, rows: [{ ...row, calls: 1 }] });
    return redis.hscan(key, 0);
  });
  const read = await new RedisUsageStorage(client, { prefix }).read("2026-11-22", "w");
  expect(read).toEqual({ rows: [{ ...row, calls: 2 }], sequence: 2 });
  expect(scan).toHaveBeenCalledTimes(2);
  client.disconnect();
});

it.each([
  ["a count that is none", async (key: string, field: string) => redis.hset(key, field, "1 2 x 4")],
  ["a count too few", async (key: string, field: string) => redis.hset(key, field, "1 2 3")],
  ["another type", async (key: string) => redis.multi().del(key).set(key, "x").exec()],
])("refuses a day that has %s, and changes nothing of it", async (_, damage) => {
  const { storage, prefix } = open();
  const log = logOn(storage);
  for (const keyId of ["a", "b", "c"]) log.note(call({ keyId }));
  await log.flush();
  const key = `${prefix}{usage}:day:2026-11-22`;
  await damage(key, JSON.stringify(["b", "fetch", "alice"]));
  const before = await redis.dump(key);
  for (const keyId of ["a", "b", "c"]) log.note(call({ keyId }));
  const work = [async () => log.flush(), async () => log.read(), async () => log.flush()];
  for (const each of work) {
    const refused = each();
    await expect(refused).rejects.toMatchObject({ name: "UsageError", code: "damaged-usage" });
    await expect(refused).rejects.toThrow(key);
  }
  expect(await redis.dump(key)).toEqual(before);

  await redis.rename(key, `${key}.away`);
  await log.flush();
  expect((await log.totals()).calls).toBe(3);
});

it("refuses a day that has a field of another kind when it is read", async () => {
  const { storage, prefix } = open();
  const log = logOn(storage);
  log.note(call());
  await log.flush();
  await redis.hset(`${prefix}{usage}:day:2026-11-22`, "[1]", "1 1 1 1");
  await expect(log.read()).rejects.toMatchObject({ code: "damaged-usage" });
});

async function evals(): Promise<number> {
  const [, calls = "0"] = /cmdstat_eval:calls=(\d+)/.exec(await redis.info("commandstats")) ?? [];
  return Number(calls);
}
