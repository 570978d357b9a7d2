import { readdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

import { bundle, type Program, run } from "@pr-review/program-rig";
import { afterAll, beforeAll, expect, it } from "vitest";

import { FileUsageStorage } from "../../src/file.ts";
import { logOn } from "../contract/fixtures.ts";
import { temporaryFolder } from "./folder.ts";

const kills = 12;
let writer: Program;

beforeAll(async () => {
  writer = await bundle(new URL("writer.ts", import.meta.url));
});

afterAll(async () => writer.remove());

/** The last number that follows a word; 0 when it was never said. */
function last(lines: readonly string[], word: string): number {
  const said = lines.filter((line) => line.startsWith(`${word} `));
  return Number(said.at(-1)?.slice(word.length + 1) ?? 0);
}

it(`loses at most what was noted since the last flush, at each of ${kills} kills`, async () => {
  const folder = await temporaryFolder();
  let known = 0;
  let cut = 0;
  for (let killed = 0; killed < kills; killed += 1) {
    const { child, lines, line, ended } = run(writer, [folder]);
    await line(1);
    await wait(Math.random() * 60);
    child.kill("SIGKILL");
    await ended;

    const log = logOn(await FileUsageStorage.open(folder), { now: Date.now });
    const { calls, points } = await log.totals();
    const [stored, noted] = [last(lines, "stored"), last(lines, "noted")];
    cut += stored < noted ? 1 : 0;
    expect(stored).toBeGreaterThan(0);
    expect(calls - known).toBeGreaterThanOrEqual(stored);
    expect(calls - known).toBeLessThanOrEqual(noted);
    // Ten are noted before each flush, and are stored whole or not at all.
    expect(calls % 10).toBe(0);
    expect(points).toBe(2 * calls);
    known = calls;
  }
  // Kills within a flush; else they would prove nothing.
  expect(cut).toBeGreaterThan(0);
});

it("keeps the file of before when a write stops half-way, and the counts in memory", async () => {
  const folder = await temporaryFolder();
  // 500 keys make more than the 8 KiB that are allowed.
  const { lines, ended } = run(writer, [folder, "600"], 16);
  await ended;
  const refusals = lines.filter((line) => line.startsWith("refused "));
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals) expect(refusal).toMatch(/\.usage cannot .* \(EFBIG\)/);

  const storage = await FileUsageStorage.open(folder);
  const log = logOn(storage, { now: Date.now });
  expect((await log.totals()).calls).toBe(last(lines, "stored"));
  expect(await readdir(folder)).toHaveLength(1);
});
