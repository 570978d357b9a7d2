import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { afterAll, expect, it } from "vitest";

import { RedisAuditStorage, type RedisAuditStorageOptions } from "../src/redis.ts";
import { describeAuditLog } from "./contract.ts";
import { addRecords, contentOf, event, fill, logOn } from "./contract/fixtures.ts";

const server = await startRedis();
const redis = new Redis(server.url);
let opened = 0;

afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

async function open(options: RedisAuditStorageOptions = {}): Promise<RedisAuditStorage> {
  opened += 1;
  return new RedisAuditStorage(redis, { prefix: `test${opened}:`, ...options });
}

describeAuditLog("an audit log in Redis", open, {
  openSmall: async () => open({ maxRecords: 30 }),
  numRuns: 100,
});

it("keeps its two keys on one slot of a cluster, and no others", async () => {
  await addRecords(logOn(await open({ prefix: "own:" })), 3);
  expect((await redis.keys("own:*")).toSorted()).toEqual(["own:{audit}:head", "own:{audit}:log"]);
  expect(await redis.xlen("own:{audit}:log")).toBe(3);
  expect((await redis.xrange("own:{audit}:log", "-", "+")).map(([id]) => id)).toEqual([
    "1-0",
    "2-0",
    "3-0",
  ]);
});

it.each([1, 2, 3])("finds that record %i was deleted", async (seq) => {
  const storage = await open();
  const log = logOn(storage);
  await addRecords(log, 3);
  await redis.xdel(`test${opened}:{audit}:log`, `${seq}-0`);
  expect(await log.verify()).toEqual({ ok: false, kind: "missing", seq });
  expect(await log.append(event)).toMatchObject({ seq: 4 });
  expect(await log.verify()).toEqual({ ok: false, kind: "missing", seq });
});

it("takes a batch that is sent again for the same batch, even when another came after it", async () => {
  const source = await open();
  await addRecords(logOn(source), 1);
  const one = await contentOf(source);
  await addRecords(logOn(source), 1);
  const two = await contentOf(source);

  const storage = await open();
  await fill(storage, one);
  const [, text = ""] = two.lines;
  const batch = { lines: [{ seq: 2, text }], head: two.head, expected: one.head };
  expect(await storage.append(batch)).toMatchObject({ isAppended: true });
  expect(await storage.append(batch)).toMatchObject({ isAppended: true });
  await addRecords(logOn(storage), 1);
  expect(await storage.append(batch)).toMatchObject({ isAppended: true });
  expect(await logOn(storage).verify()).toMatchObject({ ok: true, records: 3 });
});

it("adds nothing where the head is not the expected one", async () => {
  const storage = await open();
  await addRecords(logOn(storage), 2);
  const { lines, head } = await contentOf(storage);
  const batch = { lines: [{ seq: 3, text: "x" }], head: "x", expected: undefined };
  expect(await storage.append(batch)).toEqual({ isAppended: false });
  expect(await contentOf(storage)).toEqual({ lines, head });
});

it("adds nothing to a stream that was put back to an older head", async () => {
  const storage = await open();
  const log = logOn(storage);
  await addRecords(log, 1);
  const { head } = await contentOf(storage);
  await addRecords(log, 2);
  const key = `test${opened}:{audit}`;
  await redis.set(`${key}:head`, head);
  // Deleted from the end, which Redis remembers.
  await redis.xdel(`${key}:log`, "2-0", "3-0");
  await expect(logOn(storage).append(event)).rejects.toMatchObject({ code: "audit-damaged" });
  expect(await redis.xlen(`${key}:log`)).toBe(1);
});
