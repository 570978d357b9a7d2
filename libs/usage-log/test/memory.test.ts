import { expect, it } from "vitest";

import { MemoryUsageStorage } from "../src/index.ts";
import { describeUsageLog } from "./contract.ts";
import { call, Clock, dayMs, logOn } from "./contract/fixtures.ts";

describeUsageLog("a usage log in memory", async () => {
  const storage = new MemoryUsageStorage();
  return async () => storage;
});

it("forgets the days that are not kept any more", async () => {
  const storage = new MemoryUsageStorage();
  const clock = new Clock();
  const log = logOn(storage, { now: clock.now, keepDays: 2 });
  for (let day = 0; day < 3; day += 1) {
    log.note(call());
    await log.flush();
    clock.ms += dayMs;
  }
  const days = ["2026-11-22", "2026-11-23", "2026-11-24"];
  const stored = await Promise.all(days.map(async (day) => storage.read(day, "")));
  expect(stored.map(({ rows }) => rows.length)).toEqual([0, 1, 1]);
});
