import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, it } from "vitest";

import { type Admission, mostInAnyWindow } from "./redis-admissions.ts";
import { callsOf, connect, redisForThisFile } from "./redis-clients.ts";

const redis = redisForThisFile();
const child = fileURLToPath(new URL("processes-child.ts", import.meta.url));
const root = fileURLToPath(new URL("../../..", import.meta.url));

interface Report {
  readonly asked: number;
  readonly admitted: number;
  readonly granted: readonly Admission[];
}

/** Four processes of twenty workers, who all want more of three keys than there is. */
async function flood(limit: number, windowMs: number, forMs: number): Promise<readonly Report[]> {
  const numbers = [redis().port, 4, limit, windowMs, forMs].map(String);
  const argv = ["--import", "tsx", "-C", "@pr-review/source", child, ...numbers];
  const run = async () => {
    const options = { cwd: root, maxBuffer: 64 * 1_024 * 1_024, timeout: 45_000 };
    const { stdout } = await promisify(execFile)(process.execPath, argv, options);
    return JSON.parse(stdout) as Report;
  };
  return Promise.all([run(), run(), run(), run()]);
}

it("admits what is due to four processes, and in no window more than the limit", async () => {
  const limit = 70;
  const windowMs = 2_000;
  const client = connect(redis().url);
  const before = await callsOf(client, "evalsha");
  const reports = await flood(limit, windowMs, 8_700);
  const granted = reports.flatMap((report) => report.granted);
  const total = (field: "asked" | "admitted") =>
    reports.reduce((sum, report) => sum + report[field], 0);
  expect(total("admitted")).toBe(granted.length);
  expect(mostInAnyWindow(granted, windowMs)).toBe(limit);

  // As many windows as can be filled one after the other.
  const due = 3 * limit * Math.ceil(8_700 / (windowMs + 1));
  expect(granted.length / due).toBeGreaterThanOrEqual(0.98);
  // Each process asks at most once for each admission, whoever gets it.
  const calls = (await callsOf(client, "evalsha")) - before;
  expect(calls).toBeLessThanOrEqual(4 * granted.length + 8);
  expect(total("asked")).toBeGreaterThan(2 * calls);
});

it("admits exactly the limit to four processes within a minute", async () => {
  const reports = await flood(70, 60_000, 2_000);
  const granted = reports.flatMap((report) => report.granted);
  for (const key of ["key-0", "key-1", "key-2"]) {
    expect(granted.filter((admission) => admission.key === key)).toHaveLength(70);
  }
});
