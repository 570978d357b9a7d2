import { bundle, run } from "@pr-review/program-rig";
import { startRedis } from "@pr-review/redis-rig";
import { Redis } from "ioredis";
import { expect, it, onTestFinished } from "vitest";

import { RedisUsageStorage } from "../src/redis.ts";
import { logOn } from "./contract/fixtures.ts";

it("counts every call of two processes once, in rows they share", async () => {
  const server = await startRedis();
  const redis = new Redis(server.url);
  onTestFinished(async () => {
    redis.disconnect();
    await server.stop();
  });
  const child = await bundle(new URL("processes-child.ts", import.meta.url));
  onTestFinished(async () => child.remove());
  const args = [String(server.port), "21000"];
  const codes = await Promise.all([0, 1].map(async () => run(child, args).ended));
  expect(codes).toEqual([0, 0]);
  const log = logOn(new RedisUsageStorage(redis), { now: Date.now });
  expect(await log.totals()).toEqual({ calls: 42_000, errors: 0, denials: 42_000, points: 42_000 });
  const rows = await log.read({ groupBy: ["key"] });
  expect(rows.map(({ calls }) => calls)).toEqual(Array.from({ length: 7 }, () => 6_000));
});
