/**
 * What `npm test` runs: gets a Redis and Prometheus' promtool, builds what the tests run, runs every test of the workspace
 * once and ends with the line `N passed, N failed`. Further arguments go to vitest.
 */
import { fileURLToPath } from "node:url";

import { locateRedisServer, RedisRigError } from "@pr-review/redis-rig";

import { locatePromtool, NoPromtoolError } from "../monitoring/promtool.ts";
import { buildAll } from "./build-all.ts";
import { closingLine, type Tally } from "./closing-line.ts";
import { runTests } from "./run-tests.ts";

const WORKSPACE = fileURLToPath(new URL("../..", import.meta.url));
const NOT_RUN: Tally = { passed: 0, failed: 1 };

async function main(args: readonly string[]): Promise<Tally> {
  // Before the tests, so that they all find the same ones and none of them waits for a download.
  await locateRedisServer();
  await locatePromtool();
  const complaint = await buildAll(WORKSPACE);
  if (complaint === undefined) return runTests(WORKSPACE, args);
  console.error(complaint);
  return NOT_RUN;
}

const tally = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(
    error instanceof RedisRigError || error instanceof NoPromtoolError ? error.message : error,
  );
  return NOT_RUN;
});
console.log(closingLine(tally));
process.exitCode = tally.failed === 0 ? 0 : 1;
