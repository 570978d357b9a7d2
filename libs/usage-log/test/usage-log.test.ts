import { bundle, run } from "@pr-review/program-rig";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";

import {
  MemoryUsageStorage,
  UsageError,
  UsageLog,
  type UsageLogOptions,
  type UsageStorage,
} from "../src/index.ts";
import { call, FaultyStorage } from "./contract/fixtures.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How many calls of the day are stored. */
async function stored(storage: UsageStorage): Promise<number> {
  const { rows } = await storage.read(new Date().toISOString().slice(0, 10), "");
  return rows.reduce((sum, { calls }) => sum + calls, 0);
}

async function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function logWith(storage: UsageStorage, options: UsageLogOptions = {}): UsageLog {
  return new UsageLog(storage, options);
}

it("stores every five seconds unless told otherwise", async () => {
  const storage = new MemoryUsageStorage();
  const log = logWith(storage);
  log.note(call());
  await vi.advanceTimersByTimeAsync(4_999);
  expect(await stored(storage)).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(await stored(storage)).toBe(1);
  await log.close();
});

it("tells why it could not store, and stores it all the next time", async () => {
  const storage = new FaultyStorage(new MemoryUsageStorage());
  const errors: unknown[] = [];
  const log = logWith(storage, { flushMs: 100, onError: (error) => errors.push(error) });
  log.note(call());
  storage.next = "refused";
  await vi.advanceTimersByTimeAsync(100);
  expect(errors).toEqual([expect.any(UsageError)]);
  log.note(call());
  await vi.advanceTimersByTimeAsync(100);
  expect(errors).toHaveLength(1);
  expect(await stored(storage)).toBe(2);
  await log.close();
});

it("asks a storage that hangs no second time, and complains once", async () => {
  const storage = new MemoryUsageStorage();
  const add = vi.spyOn(storage, "add").mockImplementation(async () => {
    await wait(45);
    throw new UsageError("usage-unavailable", "It was asked for.");
  });
  const errors: unknown[] = [];
  const log = logWith(storage, { flushMs: 10, onError: (error) => errors.push(error) });
  for (let i = 0; i < 5; i += 1) {
    log.note(call());
    await vi.advanceTimersByTimeAsync(10);
  }
  // From 10 to 55 ms; the next is due at 60.
  await vi.advanceTimersByTimeAsync(9);
  expect(add).toHaveBeenCalledTimes(1);
  expect(errors).toHaveLength(1);
  add.mockRestore();
  await log.close();
  expect(await stored(storage)).toBe(5);
});

it("stores nothing between what it reads there and what it has here", async () => {
  const storage = new MemoryUsageStorage();
  const log = logWith(storage);
  log.note(call());
  const today = new Date().toISOString().slice(0, 10);
  const read = vi.spyOn(storage, "read").mockImplementationOnce(async () => {
    await wait(10);
    return { rows: [], sequence: 0 };
  });
  const total = log.totals({ from: today, to: today });
  await vi.advanceTimersByTimeAsync(5);
  expect(read).toHaveBeenCalledTimes(1);
  const flushed = log.flush();
  await vi.advanceTimersByTimeAsync(5);
  expect((await total).calls).toBe(1);
  await flushed;
  expect((await log.totals()).calls).toBe(1);
});

it("stores what is left when it is closed, and then stops", async () => {
  const storage = new MemoryUsageStorage();
  const log = logWith(storage, { flushMs: 100 });
  log.note(call());
  await log.close();
  expect(await stored(storage)).toBe(1);
  log.note(call());
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await stored(storage)).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

it("refuses to be closed quietly when what is left cannot be stored", async () => {
  const storage = new FaultyStorage(new MemoryUsageStorage());
  const log = logWith(storage);
  log.note(call());
  storage.next = "refused";
  await expect(log.close()).rejects.toMatchObject({ code: "usage-unavailable" });
  await log.close();
  expect(await stored(storage)).toBe(1);
});

it("keeps no process alive", async () => {
  vi.useRealTimers();
  const program = await bundle(new URL("open-log.ts", import.meta.url));
  onTestFinished(async () => program.remove());
  const { lines, ended } = run(program);
  expect(await ended).toBe(0);
  expect(lines).toEqual(["noted"]);
});
