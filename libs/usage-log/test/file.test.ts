import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { FileUsageStorage } from "../src/file.ts";
import { describeUsageLog } from "./contract.ts";
import { call, Clock, dayMs, logOn } from "./contract/fixtures.ts";
import { temporaryFolder } from "./file/folder.ts";

describeUsageLog(
  "a usage log in a folder",
  async () => {
    const folder = await temporaryFolder();
    // One at a time: a storage that is opened next reads what the one before has written.
    return async () => FileUsageStorage.open(folder);
  },
  { series: 25 },
);

it("makes its folder, and its files for this user alone", async () => {
  const folder = join(await temporaryFolder(), "new", "usage");
  const log = logOn(await FileUsageStorage.open(folder));
  log.note(call());
  await log.flush();
  expect(await readdir(folder)).toEqual(["2026-11-22.usage"]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, "2026-11-22.usage"))).mode & 0o777).toBe(0o600);
});

it("removes the files of days that are not kept any more, and nothing else", async () => {
  const folder = await temporaryFolder();
  const clock = new Clock();
  const log = logOn(await FileUsageStorage.open(folder), { now: clock.now, keepDays: 2 });
  await writeFile(join(folder, "2020-01-01.txt"), "mine");
  for (let day = 0; day < 4; day += 1) {
    log.note(call());
    await log.flush();
    clock.ms += dayMs;
  }
  expect(await readdir(folder)).toEqual(["2020-01-01.txt", "2026-11-24.usage", "2026-11-25.usage"]);
});

it("clears away what a process that was killed left half written", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "2026-11-22.usage.0b5c.tmp"), "half");
  const log = logOn(await FileUsageStorage.open(folder));
  expect(await readdir(folder)).toEqual([]);
  expect(await log.read()).toEqual([]);
});

it("writes nothing when nothing was noted", async () => {
  const folder = await temporaryFolder();
  const log = logOn(await FileUsageStorage.open(folder));
  await log.flush();
  expect(await readdir(folder)).toEqual([]);
});

it("is unavailable, by its path, when it cannot be written, and stores it all later", async () => {
  const folder = await temporaryFolder();
  const log = logOn(await FileUsageStorage.open(folder));
  log.note(call());
  const path = join(folder, "2026-11-22.usage");
  await mkdir(path);
  const flushing = log.flush();
  await expect(flushing).rejects.toMatchObject({ name: "UsageError", code: "usage-unavailable" });
  await expect(flushing).rejects.toThrow(path);
  await rm(path, { recursive: true });
  await log.flush();
  expect((await log.totals()).calls).toBe(1);
});

it("stores later what could not be written to a day that was there before", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "2026-11-22.usage");
  const log = logOn(await FileUsageStorage.open(folder));
  log.note(call());
  await log.flush();
  await rename(path, `${path}.away`);
  await mkdir(path);
  log.note(call());
  await expect(log.flush()).rejects.toMatchObject({ code: "usage-unavailable" });
  await rm(path, { recursive: true });
  await rename(`${path}.away`, path);
  await log.flush();
  const reopened = logOn(await FileUsageStorage.open(folder));
  expect((await reopened.totals()).calls).toBe(2);
});

it("refuses a folder that cannot be made", async () => {
  const path = join(await temporaryFolder(), "file");
  await writeFile(path, "");
  const opening = FileUsageStorage.open(path);
  await expect(opening).rejects.toMatchObject({ code: "usage-unavailable" });
  await expect(opening).rejects.toThrow("Remove the file that is in the place of its folder");
});

it("refuses, and does not hang, where no folder can be made", async () => {
  const opening = FileUsageStorage.open("/proc/pr-review-usage");
  await expect(opening).rejects.toThrow(/^\/proc\/pr-review-usage .*\(ENOENT\)/);
});
