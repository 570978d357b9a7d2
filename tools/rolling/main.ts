/**
 * `tsx -C @pr-review/source tools/rolling/main.ts [restarts] [requests] [kills]`: rolling restarts of
 * three instances under load, and then kills; prints what the clients met, and fails if a restart
 * cost a request or a kill more than the calls it had in flight.
 */
import { setTimeout as wait } from "node:timers/promises";

import { startFleet } from "./fleet.ts";

const [restarts = 20, requests = 100_000, kills = 20] = process.argv.slice(2).map(Number);
const fleet = await startFleet({ count: 7, connections: 5, streams: 30 });
const { tally } = fleet;
const failed = (): number => tally.requests - tally.right;

const endings = [];
for (let done = 0; done < restarts; done += 1) {
  // Spread over the requests, so that there is load between two restarts as well.
  while (tally.requests < (requests / restarts) * done) await wait(20);
  endings.push(await fleet.restartNext());
}
while (tally.requests < requests) await wait(20);
await fleet.stop();
const slowest = Math.max(0, ...endings.map(({ tookMs }) => tookMs));
const clean = endings.filter(({ code }) => code === 0).length;
console.log(
  `${restarts} restarts, ${clean} of them with exit code 0, in at most ${round(slowest)} ms`,
);
console.log(`${tally.requests} requests, ${failed()} failed`, Object.fromEntries(tally.failures));
console.log(`${tally.streams} streams ended, ${tally.streamsTold} of them told when to come back`);
await fleet.close();
for (const problem of fleet.githubProblems) console.log(problem);
let isProven =
  tally.failures.size === 0 && clean === restarts && tally.streams === tally.streamsTold;
isProven &&= fleet.githubProblems.length === 0;

const killed = await startFleet({ count: 7, streams: 0 });
let inFlight = 0;
for (let done = 0; done < kills; done += 1) {
  // Until every client has found an instance again.
  const before = killed.tally.right;
  while (killed.tally.right < before + 300) await wait(20);
  inFlight += await killed.killNext();
}
await killed.close();
const lost = killed.tally.requests - killed.tally.right;
console.log(
  `${kills} kills, ${inFlight} calls in flight to the dead, ${lost} calls lost`,
  Object.fromEntries(killed.tally.failures),
);
isProven &&= lost <= inFlight;
process.exitCode = isProven ? 0 : 1;

function round(ms: number): number {
  return Math.round(ms);
}
